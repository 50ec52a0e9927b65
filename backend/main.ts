import { setTimeout as delay } from 'node:timers/promises';
import { fromBackend, toBackend, type FromBackend, type ToBackend } from '../shared/embedded/messages.ts';
import { readEnvironment, readPublicAddress } from './app/configuration/environment.ts';
import { startExitCodeOf, startFaultOf, WrongConfiguration } from './app/configuration/start-fault.ts';
import { productVersion } from './app/configuration/product-version.ts';
import { readMailEnvironment } from './messaging/mail/mail-environment.ts';
import type { RunningBackend } from './app/composition/configuration.ts';
import { startEmbedded } from './start-embedded.ts';

/** Electron's message port of a utility process; absent in plain Node. */
interface ParentPort {
  on(event: 'message', listener: (message: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

const parentPort = (process as NodeJS.Process & { parentPort?: ParentPort }).parentPort;

const log = (event: string, facts: Readonly<Record<string, string | number>>): void => {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...facts })}\n`);
};

const describeError = (thrown: unknown): string =>
  startFaultOf(thrown)?.message ?? (thrown instanceof Error ? thrown.message : 'unknown reason');

/**
 * Ends the process after an exception that nothing caught, since its state is unknown then. Node would print all properties of an error, such as the row
 * that a database refused or the headers of a request.
 */
function endAfterCrash(thrown: unknown): void {
  const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : 'not an error';
  log('crashed', { stack });
  process.exit(1);
}

/** Milliseconds until a stop that hangs is cut short: most supervisors kill after ten seconds. */
const stopWithinMs = 8000;

/** Stops the backend and ends the process, even if a client, the mail server or the database hangs. Committed data is safe. */
async function stopInTime(starting: Promise<RunningBackend> | undefined): Promise<never> {
  setTimeout(() => {
    log('stop-cut-short', { seconds: stopWithinMs / 1000 });
    process.exit(1);
  }, stopWithinMs);
  try {
    // A start that has failed was reported, and leaves nothing open.
    const running = await starting?.catch(() => undefined);
    await running?.stop();
    process.exit(0);
  } catch (thrown) {
    log('stop-failed', { error: describeError(thrown) });
    process.exit(1);
  }
}

/** Runs inside a console, which sends the settings of the start and receives the port. */
function serveConsole(port: ParentPort): void {
  let starting: Promise<RunningBackend> | undefined;
  const send = (message: FromBackend) => {
    port.postMessage(fromBackend.parse(message));
  };
  const start = async ({ dataFolder, preferredPort, setupCode, version }: ToBackend & { type: 'start' }) => {
    const mail = readMailEnvironment(process.env);
    const publicUrl = readPublicAddress(process.env);
    const settings = {
      dataFolder,
      ...(publicUrl !== undefined && { publicUrl }),
      host: '127.0.0.1',
      mode: 'embedded',
      version,
      setupCode,
      mail,
      log,
    } as const;
    starting = startEmbedded({ ...settings, port: preferredPort }, (opened) => {
      send({ type: 'ready', ...opened });
    });
    await starting;
  };
  port.on('message', ({ data }) => {
    const message = toBackend.parse(data);
    const work = message.type === 'start' ? start(message) : stopInTime(starting);
    work.catch((thrown: unknown) => {
      log('failed', { error: describeError(thrown) });
      const fault = startFaultOf(thrown);
      send(
        fault === null
          ? { type: 'failed', code: 'backend-process.failed', detail: describeError(thrown) }
          : { type: 'failed', code: fault.code, detail: fault.detail },
      );
    });
  });
}

/** Milliseconds that a start may continue after a signal. */
const startGraceMs = 2000;

function readConfiguration(variables: NodeJS.ProcessEnv) {
  const settings = readEnvironment(variables);
  try {
    return { ...settings, mail: readMailEnvironment(variables) };
  } catch (thrown) {
    throw new WrongConfiguration(describeError(thrown), { cause: thrown });
  }
}

/** Runs alone on a server, configured by the environment, until a signal stops it. */
async function serveAlone(): Promise<void> {
  const signalled = new Promise<null>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(null));
  });
  const { startBackend } = await import('./start-backend.ts');
  const starting = startBackend({
    ...readConfiguration(process.env),
    mode: 'server',
    version: productVersion,
    log,
  });
  // After a signal, a start gets a moment to finish, so that it can be stopped properly, unless it waits for its database.
  const running = await Promise.race([starting, signalled.then(() => delay(startGraceMs, null))]);
  if (running === null) return process.exit(0);
  if (running.setupCode !== null) {
    process.stdout.write(
      `No administrator yet. Connect a console and enter this setup code: ${running.setupCode.expose()}\n`,
    );
  }
  await signalled;
  await stopInTime(starting);
}

async function run(): Promise<void> {
  process.on('uncaughtException', endAfterCrash);
  if (parentPort) return serveConsole(parentPort);
  if (process.argv.length > 2) {
    // A reader such as head closes the pipe early. The command goes on.
    process.stdout.on('error', () => undefined);
    const { runCommand } = await import('./app/commands/run-command.ts');
    process.exitCode = await runCommand(process.argv.slice(2), process.env, {
      out: (line) => process.stdout.write(`${line}\n`),
      err: (line) => process.stderr.write(`${line}\n`),
    });
    return;
  }
  await serveAlone().catch((thrown: unknown) => {
    process.stderr.write(`${describeError(thrown)}\n`);
    process.exitCode = startExitCodeOf(thrown);
  });
}

/** Resolves when the command or the server has ended; inside a console at once. */
export const finished = run();
