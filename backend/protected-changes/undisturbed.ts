import { auditActions, type AuditAction } from '../../shared/api/timeline.ts';
import type { ProtectedAct } from '../../shared/api/protected-change-view.ts';
import { Refusal } from '../refusal.ts';
import { readHead } from '../store/append-event.ts';
import type { Store, Transaction } from '../store/store.ts';

/** Thrown if another change was committed between the read and the change that depends on it. */
class Disturbed extends Error {}

/** More than a busy desk needs: another change would have to be committed within the same few milliseconds each time. */
const maxAttempts = 20;

/**
 * The first parts of the actions that change nothing that an act describes. They come in long rows: a sweep ends a night's cases one by one, and an
 * import or a directory writes thousands of accounts.
 */
const ofCases: ReadonlySet<string> = new Set(['approval', 'case', 'check', 'grant', 'reset', 'reset-link']);
const ofMails: ReadonlySet<AuditAction> = new Set([
  'mail.accepted',
  'mail.bounced',
  'mail.kept-in-outbox',
  'mail.queued',
  'mail.withdrawn',
]);
const ofAccounts: ReadonlySet<string> = new Set(['account', 'self-service']);

/** The acts whose descriptions depend on accounts. */
const readsAccounts: ReadonlySet<ProtectedAct> = new Set([
  'decideHeldRow',
  'linkOperatorToDirectory',
] as const);

const areaOf = (action: string): string => action.slice(0, action.indexOf('.'));

/** The actions of events that cannot change the description of the act. */
const unrelatedTo = (act: ProtectedAct): readonly AuditAction[] =>
  auditActions.filter(
    (action) =>
      ofCases.has(areaOf(action)) ||
      ofMails.has(action) ||
      (ofAccounts.has(areaOf(action)) && !readsAccounts.has(act)),
  );

/** Whether an event after this one may have changed what the act describes. */
const isDisturbed = async (tx: Transaction, seq: number, act: ProtectedAct): Promise<boolean> => {
  if ((await readHead(tx)).seq === seq) return false;
  const disturbing = await tx
    .selectFrom('audit_events')
    .select('seq')
    .where('seq', '>', seq)
    .where('action', 'not in', unrelatedTo(act))
    .limit(1)
    .executeTakeFirst();
  return disturbing !== undefined;
};

/**
 * Runs `work`, which describes the act, and then makes a change that depends on the description. `assertUndisturbed`, called at the beginning of
 * that change, throws if a change that the description may depend on has been committed since `work` began; then all of `work` runs again. Throws
 * `request.rate-limited` if that happens each time.
 */
export async function undisturbed<T>(
  store: Store,
  act: ProtectedAct,
  work: (assertUndisturbed: (tx: Transaction) => Promise<void>) => Promise<T>,
): Promise<T> {
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const { seq } = await readHead(store.db);
    try {
      return await work(async (tx) => {
        // Every change records an event, so the end of the log shows whether there was one.
        if (await isDisturbed(tx, seq, act)) throw new Disturbed();
      });
    } catch (thrown) {
      if (!(thrown instanceof Disturbed)) throw thrown;
    }
  }
  throw new Refusal('request.rate-limited', {
    detail: 'Other changes came first. Try again in a few seconds.',
  });
}
