import type { ImportField } from '../../../shared/api/import-file.ts';
import type { ExternalAccount } from '../../directories/external/external-directory.ts';

/** The fields that every directory gives. */
export const feedFields: ReadonlySet<ImportField> = new Set<ImportField>([
  'id',
  'userName',
  'displayName',
  'email',
  'phone',
  'employeeNumber',
  'department',
  'manager',
  'tier',
  'status',
  'expiresAt',
  'localPassword',
]);

/** A directory's account as the cells of a row, so that one reader and one identity rule serve files and directories. */
export function cellsOf(account: ExternalAccount): (field: ImportField) => readonly string[] {
  const cells: Partial<Record<ImportField, readonly (string | null)[]>> = {
    id: [account.key],
    userName: [account.userName],
    // A name of blanks or invisible characters is none.
    displayName: [account.displayName, account.userName],
    email: [account.email],
    phone: account.phones,
    employeeNumber: [account.employeeNumber],
    department: [account.department],
    manager: [account.manager],
    tier: [account.isPrivileged ? 'privileged' : 'standard'],
    status: [account.disabled ? 'disabled' : 'active'],
    expiresAt: [account.expiresAt === null ? null : new Date(account.expiresAt).toISOString()],
    localPassword: [account.signsInElsewhere ? 'no' : 'yes'],
  };
  return (field) => (cells[field] ?? []).filter((cell) => cell !== null);
}
