import { Notification } from 'electron';
import type { Emit } from '../../bridge/emitter.ts';
import type { NotificationTexts } from './notification-texts.ts';

interface Collaborators {
  readonly emit: Emit;
  /** Brings the window to the front. */
  readonly raise: () => void;
}

/**
 * The buttons of a notification on macOS and Windows; Electron shows none on Linux. None decides anything: an approval needs its evidence, which only
 * the console shows.
 */
const actions = [
  { type: 'button', text: 'Open' },
  { type: 'button', text: 'Later' },
] as const;
const openIndex = 0;

/** Shows a notification of the system in place of the one before. A click on it or on `Open` leads to its screen. */
export function createSystemNotification({ emit, raise }: Collaborators): (texts: NotificationTexts) => void {
  let shown: Notification | null = null;
  return ({ leadsTo = { to: 'queue' }, ...texts }) => {
    if (!Notification.isSupported()) return;
    // Otherwise the system keeps all of them, one above the other.
    shown?.close();
    const notification = new Notification({ ...texts, actions: [...actions] });
    const open = () => {
      raise();
      emit('navigate', leadsTo);
    };
    notification.on('click', open);
    // Electron before 42 passes the index as the second argument alone.
    notification.on('action', (details, index) => {
      if ((details.actionIndex ?? index) === openIndex) open();
      else notification.close();
    });
    notification.show();
    shown = notification;
  };
}
