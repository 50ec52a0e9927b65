import type { SignInMethodsView } from '../../../shared/api/sign-in-methods.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { refusalOfFault } from '../../directories/configured/refusal-of-fault.ts';
import type { AccountRow, Directory } from '../../directories/directory.ts';
import { confirmedWrite } from '../../directories/external/confirm-write.ts';
import { DirectoryFault } from '../../directories/external/directory-fault.ts';
import type { SignInMethod, SignInMethods } from '../../directories/external/external-directory.ts';
import type { Notifications } from '../../messaging/notifications/notifications.ts';
import { Refusal } from '../../refusal.ts';
import type { Origin } from '../../store/append-event.ts';
import { withRefusalAudit } from '../../store/refusal-audit.ts';
import type { Store } from '../../store/store.ts';
import { maskEmail, maskPhone } from '../../text/mask.ts';
import { actionObstacle } from '../decision/action-obstacle.ts';
import { assertOpen, type CaseContext } from '../decision/case-context.ts';
import type { CaseContextReader } from '../decision/read-case-context.ts';
import { spendOnAction } from '../grants/spend-on-action.ts';

export interface CaseSignInMethods {
  /** The methods of the case's account, read from its directory now. */
  list(caseId: string, session: OperatorSession): Promise<SignInMethodsView>;
  /** Spends a grant and removes one method. */
  remove(
    request: { readonly caseId: string; readonly grantId: string; readonly methodId: string },
    session: OperatorSession,
    origin: Origin,
  ): Promise<void>;
}

interface Collaborators {
  readonly store: Store;
  readonly contexts: CaseContextReader;
  readonly directory: Directory;
  readonly notifications: Notifications;
  readonly now: () => number;
}

const action = 'remove-sign-in-method';

/** Numbers and addresses are masked, as all contact data in a case. */
const labelOf = ({ kind, label }: SignInMethod): string | null => {
  if (kind === 'phone') return maskPhone(label);
  return kind === 'email' ? maskEmail(label) : label;
};

const viewOf = (methods: readonly SignInMethod[], context: CaseContext): SignInMethodsView => ({
  methods: methods.map((method) => ({
    id: method.id,
    kind: method.kind,
    label: labelOf(method),
    addedAt: method.addedAt === null ? null : new Date(method.addedAt).toISOString(),
  })),
  obstacle: actionObstacle(context, action)?.reason ?? null,
  earned: context.passAssurance.earned,
  needed: context.passAssurance.needed,
});

/** The refusal for a directory's fault. `not-possible`: it keeps the method. */
function refusalFor(fault: DirectoryFault): Refusal {
  return fault.code === 'not-possible' ? new Refusal('directory.method-kept') : refusalOfFault(fault);
}

/** Removes the method. After a lost answer, the directory is asked whether it is still there. */
const removeIn = (methods: SignInMethods, key: string, methodId: string): Promise<void> =>
  confirmedWrite(methods.remove(key, methodId), async () =>
    (await methods.list(key)).every(({ id }) => id !== methodId),
  );

/**
 * Sign-in methods that a directory keeps: the list in a case, and the removal of one, for a user who has lost their phone. A removal weakens the account
 * as a one-time pass does, so it needs the points of a privileged account. Intent, directory, outcome; a second removal changes nothing, so an intent
 * without an outcome needs no settling.
 */
export function createCaseSignInMethods({
  store,
  contexts,
  directory,
  notifications,
  now,
}: Collaborators): CaseSignInMethods {
  const methodsOf = async (account: AccountRow): Promise<SignInMethods | null> =>
    (await directory.externalOf(account))?.external.signInMethods ?? null;

  const begin = (
    { caseId, grantId, methodId }: Parameters<CaseSignInMethods['remove']>[0],
    session: OperatorSession,
    origin: Origin,
  ): Promise<AccountRow> =>
    store.change(origin, async (tx, record) => {
      const { policy, found } = await spendOnAction(
        tx,
        { contexts, now },
        { caseId, grantId, action },
        session,
      );
      const { account } = found;
      await record({
        action: 'account.sign-in-method-removal-intended',
        accountId: account.id,
        caseId,
        policyVersion: policy.version,
        facts: { grant: grantId, method: methodId },
      });
      return account;
    });

  return {
    async list(caseId, session) {
      const context = await contexts.read(caseId, session);
      assertOpen(context);
      try {
        const methods = await methodsOf(context.found.account);
        const listed = await methods?.list(context.found.account.source_id ?? '');
        return viewOf(listed ?? [], context);
      } catch (thrown) {
        throw thrown instanceof DirectoryFault ? refusalOfFault(thrown) : thrown;
      }
    },

    remove: (request, session, origin) =>
      withRefusalAudit(
        store,
        origin,
        { action: 'account.sign-in-method-removal-failed', caseId: request.caseId },
        async () => {
          const account = await begin(request, session, origin);
          const key = account.source_id ?? '';
          let removed: SignInMethod;
          try {
            const methods = await methodsOf(account);
            if (methods === null) throw new DirectoryFault('not-possible');
            const found = (await methods.list(key)).find(({ id }) => id === request.methodId);
            if (found === undefined) throw new Refusal('directory.method-not-found');
            await removeIn(methods, key, request.methodId);
            removed = found;
          } catch (thrown) {
            throw thrown instanceof DirectoryFault ? refusalFor(thrown) : thrown;
          }
          const about = { accountId: account.id, caseId: request.caseId };
          await store.change(origin, async (tx, record) => {
            await record({
              action: 'account.sign-in-method-removed',
              ...about,
              facts: {
                grant: request.grantId,
                directory: account.directory_id,
                method: request.methodId,
                kind: removed.kind,
              },
            });
            await notifications.signInMethodChanged(
              tx,
              about,
              'the help desk removed a sign-in method of your account; the password is unchanged',
            );
          });
        },
      ),
  };
}
