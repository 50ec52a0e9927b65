import type { StagedRow } from './staged-row.ts';

/**
 * When the contact data of a row was changed, in milliseconds, as far as its source tells. Without a time, that of a known account counts as changed now,
 * and that of a new one (`accountId` is null) as unchanged.
 */
export type ContactAge = (
  row: StagedRow,
  accountId: string | null,
) => { readonly email: number | null; readonly phone: number | null };
