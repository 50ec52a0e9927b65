import { shell } from 'electron';
import { guardDialogs } from '../features/dialogs/guarded-dialogs.ts';
import { createDownloads } from '../features/downloads/downloads.ts';
import { createHandover } from '../features/handover/handover.ts';
import { createImports } from '../features/imports/imports.ts';
import { createOutboxHandlers } from '../features/outbox/outbox-handlers.ts';
import { createOwnAccountHandlers } from '../features/own-account/own-account-handlers.ts';
import type { createServerSelection } from '../features/server/server-selection.ts';
import { createBrowserSignIn } from '../features/session/browser-sign-in.ts';
import { createSignInSteps } from '../features/session/sign-in-steps.ts';
import { createSignInHandlers } from '../features/sign-in/sign-in-handlers.ts';
import type { createResetApi } from '../services/reset-api/reset-api.ts';
import { createFileDialogs } from '../shell/files/file-dialogs.ts';
import type { Collaborators } from './collaborators.ts';
import { clientName } from './compose-access.ts';
import type { composeSession } from './compose-session.ts';

/** The handlers of the page's calls, except those about the console itself. */
export function composeHandlers(
  { log, settings, managed, setupCode, window, version, now, setTimer }: Collaborators,
  parts: ReturnType<typeof composeSession> & {
    readonly api: ReturnType<typeof createResetApi>;
    readonly server: ReturnType<typeof createServerSelection>;
  },
) {
  const { api, server, session, vault, clipboard, live, practice } = parts;
  const { chooseFile, chooseTarget } = guardDialogs(createFileDialogs(window.current), session);
  const client = clientName(version);
  return {
    session: createSignInHandlers({
      session,
      steps: createSignInSteps({ api, session, client }),
      browser: createBrowserSignIn({
        api,
        openExternal: (url) => shell.openExternal(url),
        client,
        setTimer,
      }),
      server,
      settings,
      managed,
      setupCode,
      onSignedIn: live.start,
    }),
    self: createOwnAccountHandlers({ clipboard, chooseTarget }),
    imports: createImports({ session, chooseFile, chooseTarget, log }),
    ...createHandover({ session, vault, clipboard, now }),
    ...practice.handlers,
    downloads: createDownloads({ session, chooseTarget }),
    outbox: createOutboxHandlers(session.call, () => settings.read().current?.kind === 'this-computer'),
  };
}
