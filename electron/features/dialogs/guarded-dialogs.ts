import type { FileDialogs } from '../../shell/files/file-dialogs.ts';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import type { Session } from '../session/session.ts';

/** The dialogs of actions that are also possible before the sign-in, such as a problem report. They do not open at a locked console. */
export const guardAtEntrance = (dialogs: FileDialogs, { isLocked }: Pick<Session, 'isLocked'>): FileDialogs =>
  guardDialogs(dialogs, {
    assertUsable: () => {
      if (isLocked()) throw new ConsoleFailure('console.locked');
    },
  });

/**
 * The system's file dialogs for calls of the page. None opens at a locked or signed-out console, a choice that was made when it was
 * locked meanwhile does not count, and a page cannot open a second one over the first.
 */
export function guardDialogs(dialogs: FileDialogs, session: Pick<Session, 'assertUsable'>): FileDialogs {
  let isOpen = false;
  const guarded = async (show: () => Promise<string | null>): Promise<string | null> => {
    session.assertUsable();
    if (isOpen) return null;
    isOpen = true;
    try {
      const chosen = await show();
      session.assertUsable();
      return chosen;
    } finally {
      isOpen = false;
    }
  };
  return {
    chooseFile: () => guarded(dialogs.chooseFile),
    chooseTarget: (suggested) => guarded(() => dialogs.chooseTarget(suggested)),
  };
}
