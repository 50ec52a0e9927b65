import { checkRow, type CheckKind } from '../../shared/api/check.ts';
import type { AccountRow } from '../directories/directory.ts';
import type { DrillAccount, Tier } from './callers.ts';
import { practisedKinds } from './question-for.ts';

/** The accounts that callers may claim to own, with the checks that each allows; `at` in milliseconds. */
export function drillAccounts(rows: readonly AccountRow[], at: number): DrillAccount[] {
  const isUsable = (row: AccountRow) =>
    row.disabled === 0 && (row.expires_at ?? at + 1) > at && (row.starts_at ?? at) <= at;
  const byName = new Map<string, AccountRow[]>();
  for (const row of rows) {
    const same = byName.get(row.display_name);
    if (same) same.push(row);
    else byName.set(row.display_name, [row]);
  }
  const hasManagerToAsk = (row: AccountRow): boolean => {
    const [manager, namesake] = byName.get(row.manager ?? '') ?? [];
    return (
      manager !== undefined &&
      namesake === undefined &&
      manager.id !== row.id &&
      isUsable(manager) &&
      manager.email !== null
    );
  };
  const has = {
    email: (row) => row.email !== null,
    phone: (row) => row.phone !== null,
    manager: hasManagerToAsk,
  } satisfies Record<string, (row: AccountRow) => boolean>;
  const openTo = (row: AccountRow): CheckKind[] =>
    practisedKinds.filter((kind) => {
      const { contact } = checkRow(kind);
      return contact === null || has[contact](row);
    });
  return (
    rows
      .filter((row) => isUsable(row) && row.local_password === 1)
      // Sorted by values that are the same at each desk, so that the same seed brings the same callers. Ids differ between desks.
      .toSorted((left, right) => ((left.source_id ?? '') < (right.source_id ?? '') ? -1 : 1))
      .map((row) => ({
        id: row.id,
        displayName: row.display_name,
        userName: row.user_name,
        department: row.department ?? '',
        manager: row.manager ?? '',
        employeeNumber: row.employee_number ?? '',
        tier: row.tier as Tier,
        open: openTo(row),
      }))
  );
}
