import type { GroupHandlers } from '../../bridge/handlers.ts';
import type { createGuardedClipboard } from '../handover/guarded-clipboard.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import { createSaveRecoveryCodes } from './save-recovery-codes.ts';

interface Collaborators {
  readonly clipboard: ReturnType<typeof createGuardedClipboard>;
  readonly chooseTarget: (suggested: string) => Promise<string | null>;
}

/** Copies an operator's recovery codes to the clipboard, or saves them to a file. */
export const createOwnAccountHandlers = ({
  clipboard,
  chooseTarget,
}: Collaborators): GroupHandlers<'self'> => ({
  copyRecoveryCodes: async ({ recoveryCodes }) => {
    const clearedAt = await clipboard.copy(new Secret(recoveryCodes.join('\n')));
    return { clearedAt: new Date(clearedAt).toISOString() };
  },
  saveRecoveryCodes: createSaveRecoveryCodes(chooseTarget),
});
