import { join } from 'node:path';
import { format, inspect } from 'node:util';
import logger from 'electron-log/node';
import type { Log, LogFacts } from './log.ts';
import { redact } from './redactors.ts';
import { newReference } from './reference.ts';

interface FileLogOptions {
  /** The folder that holds `reset-desk.log`. */
  readonly folder: string;
  /** Also to standard output, for whoever develops. */
  readonly alsoToConsole: boolean;
}

/** Bytes after which the file is renamed to `reset-desk.old.log` and a new one begun. */
const maxFileBytes = 2 * 1024 * 1024;

/**
 * The log in the user's data folder, redacted line by line. `electron-log/node` and not `/main`: the latter also listens
 * to the renderer over a channel of its own. Opened without waiting: what is started before Electron is ready has a head start on it.
 */
export function openFileLog({ folder, alsoToConsole }: FileLogOptions): Log {
  const { file, console: consoleTransport } = logger.transports;
  file.resolvePathFn = () => join(folder, 'reset-desk.log');
  file.maxSize = maxFileBytes;
  file.level = 'info';
  consoleTransport.level = alsoToConsole ? 'info' : false;
  logger.hooks.push((message) => ({ ...message, data: [redact(format(...(message.data as unknown[])))] }));
  return {
    info: (message, facts) => {
      logger.info(line(message, facts));
    },
    warn: (message, facts) => {
      logger.warn(line(message, facts));
    },
    unexpected: (message, thrown) => {
      const reference = newReference();
      logger.error(`${message} reference=${reference} ${describe(thrown)}`);
      return reference;
    },
  };
}

function line(message: string, facts: LogFacts = {}): string {
  const told = Object.entries(facts).map(([name, value]) => `${name}=${value}`);
  return [message, ...told].join(' ');
}

/** Name, message, code and stack alone: an error's other properties (a request's config, headers) may hold secrets. */
function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return inspect(thrown, { depth: 1 });
  const code = 'code' in thrown ? ` code=${String(thrown.code)}` : '';
  return `${thrown.stack ?? thrown.message}${code}`;
}
