import { z } from 'zod';
import { spellingName } from '../spelling-name.ts';
import { consoleState } from '../state.ts';
import { call, nothing } from './call.ts';

const serverAddress = z.string().trim().min(1).max(2000);

/** The console itself. */
export const app = {
  /** Everything that the first paint needs, in one call. */
  start: call(nothing, consoleState),
  /** The same, once the embedded backend answers or cannot be started; `start` may not wait for it. */
  started: call(nothing, consoleState),
  openExternal: call(z.object({ target: z.enum(['login-page', 'documentation']) }), nothing),
  copyDiagnostics: call(nothing, nothing),
  appearance: call(z.object({ scheme: z.enum(['system', 'light', 'dark']) }), nothing),
  /** In which language passwords are read out: kept for this computer. */
  spelling: call(z.object({ name: spellingName }), nothing),
};

/** Which backend it works with. */
export const server = {
  connect: call(z.object({ address: serverAddress }), consoleState),
  disconnect: call(nothing, consoleState),
  useThisComputer: call(nothing, consoleState),
  restartBackend: call(nothing, consoleState),
};
