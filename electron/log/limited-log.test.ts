import { expect, it } from 'vitest';
import { createLimitedLog } from './limited-log.ts';
import type { Log } from './log.ts';

function limited() {
  const lines: string[] = [];
  const clock = { at: 0 };
  const timers: (() => void)[] = [];
  const written: Log = {
    info: (message, facts) => lines.push(`${message} ${JSON.stringify(facts)}`),
    warn: (message, facts) => lines.push(`${message} ${JSON.stringify(facts)}`),
    unexpected: (message) => {
      lines.push(message);
      return `REF-${lines.length}`;
    },
  };
  const log = createLimitedLog({
    log: written,
    now: () => clock.at,
    setTimer: (_milliseconds, work) => {
      timers.push(work);
      return () => undefined;
    },
  });
  const endWindow = () => {
    clock.at += 10 * 60_000;
    for (const work of timers.splice(0)) work();
  };
  return { log, lines, endWindow };
}

it('the log writes one line for the many that a page or a server causes', () => {
  const { log, lines, endWindow } = limited();
  for (let at = 0; at < 50_000; at += 1)
    log.warn('bridge call with wrong arguments refused', { call: 'app.start' });
  expect(lines).toHaveLength(60);
  endWindow();
  expect(lines.at(-1)).toBe(
    'log lines left out {"message":"bridge call with wrong arguments refused","lines":49940}',
  );
  expect(lines).toHaveLength(61);
});

it('the log writes other messages beside a flood of one', () => {
  const { log, lines } = limited();
  for (let at = 0; at < 1000; at += 1) log.info('notified', { at });
  log.info('backend ready', { port: 1 });
  expect(lines.at(-1)).toBe('backend ready {"port":1}');
});

it('many messages together have a limit that does not apply to unexpected errors', () => {
  const { log, lines } = limited();
  for (let at = 0; at < 10_000; at += 1) log.info(`message ${at}`);
  expect(lines).toHaveLength(560);
  for (let at = 0; at < 100; at += 1) log.info(`message ${at}`);
  expect(lines).toHaveLength(600);
  log.unexpected('uncaught exception', new Error('x'));
  expect(lines.at(-1)).toBe('uncaught exception');
});

it('an unexpected error that is left out gets the reference of one that was written', () => {
  const { log, lines } = limited();
  const references = Array.from({ length: 100 }, () => log.unexpected('bridge call failed', new Error('x')));
  expect(lines).toHaveLength(60);
  expect(references[0]).toBe('REF-1');
  expect(new Set(references.slice(60))).toEqual(new Set(['REF-60']));
});
