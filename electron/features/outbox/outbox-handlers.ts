import { shell } from 'electron';
import { listOutbox } from '../../../shared/api/mail.ts';
import type { GroupHandlers } from '../../bridge/handlers.ts';
import type { SessionCall } from '../../bridge/pass-through.ts';

/** The mails and text messages in the outbox, and its folder if the backend runs on this computer. */
export const createOutboxHandlers = (
  call: SessionCall,
  isThisComputer: () => boolean,
): GroupHandlers<'outbox'> => ({
  showFolder: async () => {
    const { folder } = await call(listOutbox, { query: {} });
    // The path is meaningless if the backend runs on another computer.
    if (folder !== null && isThisComputer()) await shell.openPath(folder);
    return null;
  },
});
