import { checkKinds, type CheckKind } from '../../shared/api/check.ts';

/** The kinds of check that a case can offer so far. */
export const builtKinds: readonly CheckKind[] = ['emailed-code', 'call-back'];

/** The kinds that cannot close a gap: those with an obstacle, and those that are not there. */
export const blockedKinds = (obstacles: ReadonlyMap<CheckKind, unknown>): ReadonlySet<CheckKind> =>
  new Set(checkKinds.filter((kind) => obstacles.has(kind) || !builtKinds.includes(kind)));
