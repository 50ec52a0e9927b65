import { handOver, recordReveal, reset, revokeReset, type revealWays } from '../../../shared/api/reset.ts';
import type { FailureCode } from '../../../shared/errors/codes.ts';
import type { GroupHandlers } from '../../bridge/handlers.ts';
import { ConsoleFailure, isFailure } from '../../failure/console-failure.ts';
import type { ExpiringMap } from '../../../shared/expiring-map/expiring-map.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import type { Session } from '../session/session.ts';
import type { createGuardedClipboard } from './guarded-clipboard.ts';

/** The temporary passwords of this console, by reset; in main's memory alone. */
export type Vault = ExpiringMap<Secret>;

interface Collaborators {
  readonly session: Pick<Session, 'call' | 'isLocked'>;
  readonly vault: Vault;
  readonly clipboard: ReturnType<typeof createGuardedClipboard>;
  readonly now: () => number;
}

/** The failures after which it is not known whether the server has acted. */
const lostAnswers = [
  'server.timeout',
  'server.unreachable',
  'server.failed',
  'proxy.no-server',
  'proxy.timeout',
] as const satisfies readonly FailureCode[];
/** After this time, the page hides a shown secret. */
const shownForMs = 60_000;

/** Resets and handover. The temporary password stays in main, and leaves it only to be shown or copied. */
export function createHandover({ session, vault, clipboard, now }: Collaborators): {
  readonly resets: GroupHandlers<'resets'>;
  readonly handover: GroupHandlers<'handover'>;
} {
  /** Records the access in the audit log before the secret is released. */
  const release = async (resetId: string, way: (typeof revealWays)[number]): Promise<Secret> => {
    const secret = vault.get(resetId);
    if (secret === null) throw new ConsoleFailure('secret.gone');
    await session.call(recordReveal, { params: { resetId }, body: { way } });
    // Handed over, replaced or expired meanwhile: its memory was overwritten.
    if (vault.get(resetId) !== secret) throw new ConsoleFailure('secret.gone');
    return secret;
  };
  const show =
    (way: 'shown' | 'spelled') =>
    async ({ resetId }: { readonly resetId: string }) => ({
      value: (await release(resetId, way)).expose(),
      concealAt: new Date(now() + shownForMs).toISOString(),
    });

  return {
    resets: {
      revoke: async (args) => {
        const view = await session.call(revokeReset, args);
        vault.delete(args.params.resetId);
        return view;
      },
      reset: async ({ caseId, attempt, ...wish }) => {
        const call = () =>
          session.call(reset, { params: { caseId }, body: wish }, { idempotencyKey: `${caseId}.${attempt}` });
        // If the response was lost, the call is repeated with the same key, so that it cannot reset twice.
        const answer = await call().catch((thrown: unknown) => {
          if (isFailure(thrown, ...lostAnswers)) return call();
          throw thrown;
        });
        const { reset: view, temporaryPassword } = answer;
        if (wish.insteadOf !== undefined) vault.delete(wish.insteadOf);
        if (temporaryPassword !== null) {
          vault.set(view.id, new Secret(temporaryPassword), Date.parse(view.validUntil ?? '') || now());
        }
        return { reset: view, secretHeld: vault.get(view.id) !== null };
      },
    },
    handover: {
      reveal: show('shown'),
      spell: show('spelled'),
      isHeld: async ({ resetId }) => ({ held: vault.get(resetId) !== null }),
      conceal: async () => null,
      copy: async ({ resetId }) => {
        const clearedAt = await clipboard.copy(await release(resetId, 'copied'));
        return { clearedAt: new Date(clearedAt).toISOString() };
      },
      done: async ({ resetId }) => {
        await session.call(handOver, { params: { resetId } });
        vault.delete(resetId);
        return null;
      },
      forget: async ({ resetId }) => {
        // Locking also closes the view that shows the password, but the operator may unlock and continue.
        if (!session.isLocked()) vault.delete(resetId);
        return null;
      },
    },
  };
}
