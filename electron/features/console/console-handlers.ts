import type { ManagedName, ManagedState } from '../../../shared/managed/managed-settings.ts';
import type { ConsoleState } from '../../../shared/bridge/state.ts';
import type { GroupHandlers } from '../../bridge/handlers.ts';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import type { DeepLinks } from '../deep-links/deep-links.ts';
import type { Updates } from '../updates/updates.ts';
import type { createProblemReport } from '../problem-report/problem-report.ts';
import type { ServerSelection } from '../server/server-selection.ts';
import type { Notices } from '../notices/notices.ts';
import type { SettingsFile } from '../../services/settings-file/settings-file.ts';

interface Collaborators {
  readonly server: ServerSelection;
  readonly settings: SettingsFile;
  readonly managed: ManagedState;
  readonly notices: Notices;
  /** Called with each state before the page gets it. */
  readonly onState: (state: ConsoleState) => void;
  readonly openLoginPage: () => Promise<void>;
  readonly readLicences: () => Promise<string | null>;
  readonly copyDiagnostics: () => Promise<void>;
  readonly chooseStartup: (chosen: ConsoleState['startup']) => void;
  readonly report: ReturnType<typeof createProblemReport>;
  readonly updates: Updates;
  readonly links: Pick<DeepLinks, 'isWaiting' | 'take'>;
  readonly showBadge: (waiting: number) => void;
  readonly chooseScheme: (scheme: ConsoleState['scheme']) => void;
}

/** The page's calls about the console itself and the server it uses. */
export function createConsoleHandlers({
  server,
  settings,
  managed,
  notices,
  onState,
  openLoginPage,
  readLicences,
  copyDiagnostics,
  chooseStartup,
  report,
  updates,
  links,
  showBadge,
  chooseScheme,
}: Collaborators): { readonly app: GroupHandlers<'app'>; readonly server: GroupHandlers<'server'> } {
  const announced = (state: ConsoleState): ConsoleState => {
    onState(state);
    return state;
  };
  const assertFree = (name: ManagedName) => {
    if (managed.values[name] !== undefined) throw new ConsoleFailure('console.managed');
  };
  return {
    app: {
      // Main waits for the page's first call, whichever it is.
      painted: () => Promise.resolve(null),
      start: async () => announced(await server.immediateState()),
      started: async () => announced(await server.state()),
      openLoginPage: async () => {
        await openLoginPage();
        return null;
      },
      licences: readLicences,
      copyDiagnostics: async () => {
        await copyDiagnostics();
        return null;
      },
      appearance: async ({ scheme }) => {
        assertFree('ColorScheme');
        chooseScheme(scheme);
        return null;
      },
      spelling: async ({ name }) => {
        assertFree('SpellingLanguage');
        settings.update((before) => ({ ...before, spelling: name }));
        return null;
      },
      startup: async (chosen) => {
        chooseStartup(chosen);
        return null;
      },
      updates: async () => updates.state(),
      checkUpdates: () => updates.check(),
      fetchUpdate: () => updates.fetch(),
      restartToUpdate: async () => {
        await updates.restart();
        return null;
      },
      ...report,
      linkWaiting: async () => links.isWaiting(),
      takeLink: async () => links.take(),
      showWaiting: async ({ waiting }) => {
        showBadge(waiting);
        return null;
      },
      notices: async () => notices.list(),
      dismissNotice: async ({ kind }) => {
        notices.dismiss(kind);
        return null;
      },
    },
    server: {
      connect: ({ address }) => server.connect(address),
      disconnect: () => server.disconnect(),
      useThisComputer: () => server.useThisComputer(),
      restartBackend: () => server.restartBackend(),
    },
  };
}
