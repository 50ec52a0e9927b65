import type { Readable } from 'node:stream';
import { utilityProcess } from 'electron';
import type { Log } from '../../log/log.ts';
import type { BackendChild } from './backend-process.ts';
import { forEachLine } from './lines-of.ts';

const maxLineLength = 2000;

/** Starts the backend's bundle as a utility process and copies its output to the log. */
export function forkBackend(file: string, log: Log): BackendChild {
  const child = utilityProcess.fork(file, [], { serviceName: 'Reset Desk backend', stdio: 'pipe' });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    forEachLine(stream as Readable, (line) => {
      log.info('backend output', { line: line.slice(0, maxLineLength) });
    });
  }
  return {
    post: (message) => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the recipient is a process, not a window
      child.postMessage(message);
    },
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onExit: (listener) => {
      child.on('exit', listener);
    },
    kill: () => {
      child.kill();
    },
  };
}
