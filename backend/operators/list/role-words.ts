import { roles, type Role } from '../../../shared/api/operator.ts';
import { squash } from '../../text/squash.ts';

/** Words for each role in lists of the languages that imports read. */
const words: Readonly<Record<Role, string>> = {
  operator:
    'operator operators agent agents helpdesk helpdeskagent servicedesk support supporter firstlevel 1stlevel operateur agente operador operatore bearbeiter mitarbeiter servicedeskmitarbeiter',
  approver:
    'approver approvers supervisor teamlead teamleader teamleiter freigeber genehmiger approbateur valideur aprobador approvatore secondlevel 2ndlevel',
  auditor: 'auditor auditors revisor revision prufer revisoren auditeur revisore',
  administrator:
    'administrator administrators admin admins administrateur administrador amministratore systemadministrator',
};
const byWord = new Map(
  roles.flatMap((role) => words[role].split(' ').map((word): [string, Role] => [word, role])),
);

/** The roles that a cell names; null if it has a word that is none. No role is ever guessed. */
export function readRoles(text: string): readonly Role[] | null {
  const parts = text.split(/[,;/|+&\n]|\s(?:and|und|et|y|e)\s/u).filter((part) => part.trim() !== '');
  const found = parts.map((part) => byWord.get(squash(part)));
  return found.includes(undefined) ? null : [...new Set(found as Role[])];
}
