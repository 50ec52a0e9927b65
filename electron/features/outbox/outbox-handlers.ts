import { shell } from 'electron';
import { listOutbox } from '../../../shared/api/mail.ts';
import type { GroupHandlers } from '../../bridge/handlers.ts';
import type { SessionCall } from '../../bridge/pass-through.ts';

/** Mails and texts that were kept, and their folder where it is on this computer. */
export const createOutboxHandlers = (
  call: SessionCall,
  isThisComputer: () => boolean,
): GroupHandlers<'outbox'> => ({
  showFolder: async () => {
    const { folder } = await call(listOutbox, { query: {} });
    // Another computer's folder is not here to be shown.
    if (folder !== null && isThisComputer()) await shell.openPath(folder);
    return null;
  },
});
