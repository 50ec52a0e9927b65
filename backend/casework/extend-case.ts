import type { Transaction } from '../store/store.ts';

/** Records activity in a case, which keeps it from expiring. `at` in milliseconds. */
export const extendCase = (tx: Transaction, caseId: string, at: number) =>
  tx.updateTable('cases').set({ last_activity_at: at }).where('id', '=', caseId).execute();
