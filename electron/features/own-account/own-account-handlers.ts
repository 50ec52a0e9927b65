import { contract } from '../../../shared/bridge/contract.ts';
import type { GroupHandlers } from '../../bridge/handlers.ts';
import { passThrough, type SessionCall } from '../../bridge/pass-through.ts';
import type { createGuardedClipboard } from '../handover/guarded-clipboard.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import { createSaveRecoveryCodes } from './save-recovery-codes.ts';

interface Collaborators {
  readonly call: SessionCall;
  readonly clipboard: ReturnType<typeof createGuardedClipboard>;
  readonly chooseTarget: (suggested: string) => Promise<string | null>;
}

/** What operators keep in order themselves; recovery codes go to the clipboard or a file without the page's help. */
export const createOwnAccountHandlers = ({
  call,
  clipboard,
  chooseTarget,
}: Collaborators): GroupHandlers<'self'> => ({
  ...passThrough(
    contract.self,
    [
      'get',
      'changePassword',
      'offerSecondFactor',
      'confirmSecondFactor',
      'renewRecoveryCodes',
      'sessions',
      'endSessions',
    ],
    call,
  ),
  copyRecoveryCodes: async ({ recoveryCodes }) => {
    const clearedAt = await clipboard.copy(new Secret(recoveryCodes.join('\n')));
    return { clearedAt: new Date(clearedAt).toISOString() };
  },
  saveRecoveryCodes: createSaveRecoveryCodes(chooseTarget),
});
