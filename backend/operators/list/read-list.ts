import type { ImportField } from '../../../shared/api/import-file.ts';
import { everyAccount } from '../../../shared/api/operator.ts';
import { emailAddress } from '../../../shared/api/email-address.ts';
import { limits } from '../../../shared/api/limits.ts';
import { operatorListLimits, type OperatorListRow } from '../../../shared/api/operator-list.ts';
import { typedName } from '../../../shared/api/typed-text.ts';
import { proposeColumns } from '../../accounts/import/columns/propose-columns.ts';
import { headerOf, readHead } from '../../accounts/import/read-head.ts';
import { Table } from '../../accounts/import/file/table.ts';
import { cleanCell } from '../../accounts/import/values/cells.ts';
import { squash } from '../../text/squash.ts';
import { readRoles } from './role-words.ts';

export interface ReadList {
  readonly rows: readonly OperatorListRow[];
  readonly columns: Readonly<Record<ListField, string | null>>;
  readonly isCut: boolean;
}
type ListField = 'displayName' | 'userName' | 'email' | 'roles' | 'departments';

/** Names of columns that only lists of operators have. */
const roleNames = new Set(
  'role roles rolle rollen rol roles ruolo ruoli fonction funktion permission permissions berechtigung usertype profile profil'.split(
    ' ',
  ),
);
const departmentNames = new Set(
  'department departments team teams scope group groups abteilung abteilungen bereich bereiche gruppe service equipe departement departamento equipo reparto'.split(
    ' ',
  ),
);

const columnNamed = (names: readonly string[], known: ReadonlySet<string>): number | null => {
  const found = names.findIndex((name) => known.has(squash(name)));
  return found === -1 ? null : found;
};

const name = typedName(limits.displayName);
const userName = typedName(limits.userName);
const textOf = (cell: string | undefined): string =>
  cleanCell(cell ?? '')
    .text.replaceAll(/\s+/gu, ' ')
    .trim();
const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** Reads the people of a list of operators: a CSV file or a workbook with columns for name, email address, role and, optionally, user name and team. */
export async function readList(file: Buffer, departments: readonly string[]): Promise<ReadList> {
  const { rows: scanned } = await readHead(file, true, {});
  const { line: headerLine, names } = headerOf(scanned, {});
  const header = headerLine !== null;
  const table = new Table({
    header,
    ...(header && { headerLine }),
    isWanted: () => true,
    isName: () => true,
  });
  const all = [...table.add(scanned, false), ...table.add([], true)];
  const cellsOfAll = all.flatMap((row) => (row.kind === 'row' ? [row.cells] : []));
  const { columns } = proposeColumns(names, cellsOfAll, header);
  const at = (field: ImportField): number | null => columns[field] ?? null;
  const [roleAt, departmentAt] = [columnNamed(names, roleNames), columnNamed(names, departmentNames)];
  const ofUserName = at('userName') === at('email') ? null : at('userName');
  const known = new Map(departments.map((one) => [squash(one), one]));

  const rowOf = (line: number, cells: readonly string[]): OperatorListRow => {
    const cell = (column: number | null) => (column === null ? '' : textOf(cells[column]));
    const full = cell(at('displayName'));
    const displayName = full === '' ? `${cell(at('givenName'))} ${cell(at('familyName'))}`.trim() : full;
    const email = cell(at('email'));
    const ownName = cell(ofUserName);
    const roles = readRoles(cell(roleAt));
    const teams = cell(departmentAt)
      .split(/[;|]/u)
      .map((team) => team.trim())
      .filter((team) => team !== '');
    const person = {
      line,
      displayName,
      userName: ownName === '' ? (email.split('@', 1)[0] ?? '') : ownName,
      email,
      roles: [...(roles ?? [])],
      scope: { ...everyAccount, departments: teams.map((team) => known.get(squash(team)) ?? team) },
    };
    const problem = (code: OperatorListRow['problem'], detail: string | null = null): OperatorListRow => ({
      ...person,
      problem: code,
      detail: detail === null ? null : short(detail),
    });
    if (displayName === '' || !name.safeParse(displayName).success)
      return problem('name-missing', displayName);
    if (email === '') return problem('email-missing');
    if (!emailAddress.safeParse(email).success) return problem('email-invalid', email);
    if (!userName.safeParse(person.userName).success) return problem('user-name-invalid', person.userName);
    if (roles === null) return problem('role-unknown', cell(roleAt));
    if (roles.length === 0) return problem('role-missing');
    // A misspelt department would give a scope without accounts.
    const unknown = teams.find((team) => !known.has(squash(team)));
    return unknown === undefined ? problem(null) : problem('department-unknown', unknown);
  };

  const rows = all.flatMap((row): OperatorListRow[] => {
    if (row.kind === 'row') return [rowOf(row.line, row.cells)];
    if (row.kind !== 'refused') return [];
    const unread = { displayName: '', userName: '', email: '', roles: [], scope: everyAccount };
    return [
      { line: row.line, ...unread, problem: 'row-unreadable', detail: row.detail === '' ? null : row.detail },
    ];
  });
  const nameOf = (column: number | null): string | null => (column === null ? null : (names[column] ?? null));
  return {
    rows: rows.slice(0, operatorListLimits.people),
    columns: {
      displayName: nameOf(at('displayName') ?? at('givenName')),
      userName: nameOf(ofUserName),
      email: nameOf(at('email')),
      roles: nameOf(roleAt),
      departments: nameOf(departmentAt),
    },
    isCut: rows.length > operatorListLimits.people,
  };
}
