import { join } from 'node:path';
import { format, inspect } from 'node:util';
import logger from 'electron-log/node';
import type { Log, LogFacts } from './log.ts';
import { redact } from './redactors.ts';
import { newReference } from './reference.ts';

interface FileLogOptions {
  /** The folder that holds `reset-desk.log`. */
  readonly folder: string;
  /** Logs to standard output as well, in development. */
  readonly alsoToConsole: boolean;
}

/** A larger file is renamed to `reset-desk.old.log`, and a new one is started. */
const maxFileBytes = 2 * 1024 * 1024;

/**
 * Opens the log file in the user-data folder. Every line is redacted. Uses `electron-log/node`, because `/main` also listens to the
 * renderer on a channel of its own.
 */
export function openFileLog({ folder, alsoToConsole }: FileLogOptions): Log {
  const { file, console: consoleTransport } = logger.transports;
  file.resolvePathFn = () => join(folder, 'reset-desk.log');
  file.maxSize = maxFileBytes;
  // The folder is private. The file's own mode keeps a copy of it private as well.
  file.writeOptions = { ...file.writeOptions, mode: 0o600 };
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
  const details = Object.entries(facts).map(([name, value]) => `${name}=${value}`);
  return [message, ...details].join(' ');
}

/** Only the stack and code of an error, because its other properties (such as a request's headers) may contain secrets. */
function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return inspect(thrown, { depth: 1 });
  const code = 'code' in thrown ? ` code=${String(thrown.code)}` : '';
  return `${thrown.stack ?? thrown.message}${code}`;
}
