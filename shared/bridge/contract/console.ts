import { z } from 'zod';
import { spellingName, startup } from '../console-settings.ts';
import { deepLink } from '../deep-link.ts';
import { maxReportText } from '../max-report-text.ts';
import { reportFile, reportFiles } from '../problem-report.ts';
import { notice } from '../notice.ts';
import { consoleState } from '../state.ts';
import { updateState } from '../update-state.ts';
import { call, nothing } from './call.ts';

const serverAddress = z.string().trim().min(1).max(2000);

/** The start of the console and its settings on this computer. */
export const app = {
  /** Says that the rendered screen is on the display. Main waits for it before it loads what works behind the window. */
  painted: call(nothing, nothing),
  /** Answers at once with the state for the first paint. It does not wait for the embedded backend. */
  start: call(nothing, consoleState),
  /** Answers with the state once the embedded backend is ready or has failed to start. */
  started: call(nothing, consoleState),
  /** Opens the users' sign-in page in the default browser. */
  openLoginPage: call(nothing, nothing),
  /** The licences of everything in the package as text; null for a console that runs from its sources. */
  licences: call(nothing, z.string().nullable()),
  copyDiagnostics: call(nothing, nothing),
  appearance: call(z.object({ scheme: z.enum(['system', 'light', 'dark']) }), nothing),
  /** Stores the spelling alphabet for this computer. */
  spelling: call(z.object({ name: spellingName }), nothing),
  startup: call(startup, nothing),
  updates: call(nothing, updateState),
  checkUpdates: call(nothing, updateState),
  /** Downloads and prepares the version that is available. */
  fetchUpdate: call(nothing, updateState),
  /** Restarts into the prepared version. Refused with `update.busy` while a case of the operator is open. */
  restartToUpdate: call(nothing, nothing),
  /** The files of a report about a problem, for the operator to read. Collected anew by each call. */
  problemReport: call(nothing, z.object({ files: z.array(reportFile) })),
  /** Saves those files of the last report, and what the operator wrote, where they choose. Answers the file's name; null if they cancel. */
  saveProblemReport: call(
    z.object({ description: z.string().max(maxReportText), files: z.array(z.enum(reportFiles)).max(3) }),
    z.string().nullable(),
  ),
  /** Whether a link of another program waits for the sign-in or the unlock. */
  linkWaiting: call(nothing, z.boolean()),
  /** The waiting link, once; null without one. Refused while the console is locked or signed out. */
  takeLink: call(nothing, deepLink.nullable()),
  /** Shows on the console's icon how many requests wait for the operator. */
  showWaiting: call(z.object({ waiting: z.number().int().min(0).max(1_000_000) }), nothing),
  /** The notices that were not dismissed yet. */
  notices: call(nothing, z.array(notice)),
  dismissNotice: call(notice.pick({ kind: true }), nothing),
};

/** The backend that the console works with. */
export const server = {
  connect: call(z.object({ address: serverAddress }), consoleState),
  disconnect: call(nothing, consoleState),
  useThisComputer: call(nothing, consoleState),
  restartBackend: call(nothing, consoleState),
};
