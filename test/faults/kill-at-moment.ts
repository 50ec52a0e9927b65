/**
 * Loaded before a backend or a command in a process of its own. Kills it like a power failure at a moment of its own work. The moment is a sequence
 * of steps, each of which is waited for in turn; the last one kills. The query of this module's address names the moment, or the test sends it as a
 * message.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import Database from 'libsql';
import pg from 'pg';
import type { Step } from './moments.ts';

let steps: Step[] = [];
let seen = 0;

const arm = (moment: readonly Step[]): void => {
  steps = [...moment];
  seen = 0;
};

function happens(does: Step['does'], what: string, once: 'before' | 'done'): void {
  const [step] = steps;
  if (step === undefined || step.does !== does || (step.once ?? 'before') !== once) return;
  if (!new RegExp(step.matches, 'i').test(what)) return;
  seen += 1;
  if (seen < (step.count ?? 1)) return;
  steps.shift();
  seen = 0;
  if (steps.length === 0) process.kill(process.pid, 'SIGKILL');
}

const watched = <Result>(does: Step['does'], what: string, work: () => Result): Result => {
  happens(does, what, 'before');
  const result = work();
  happens(does, what, 'done');
  return result;
};

type Runs = Record<'run' | 'all' | 'get', (...parameters: unknown[]) => unknown>;
// oxlint-disable-next-line typescript/unbound-method -- called with the database as its `this`.
const { prepare, exec } = Database.prototype;
Database.prototype.prepare = function prepareWatched(this: Database.Database, text: string) {
  const statement = prepare.call(this, text) as Database.Statement & Runs;
  for (const name of ['run', 'all', 'get'] as const) {
    const work = statement[name].bind(statement) as Runs['run'];
    Object.defineProperty(statement, name, {
      value: (...parameters: unknown[]) => watched('statement', text, () => work(...parameters)),
    });
  }
  return statement;
} as typeof prepare;
Database.prototype.exec = function execWatched(this: Database.Database, text: string) {
  return watched('statement', text, () => exec.call(this, text));
} as typeof exec;

// oxlint-disable-next-line typescript/unbound-method -- called with the client as its `this`.
const query = pg.Client.prototype.query as (...parameters: unknown[]) => Promise<unknown>;
Object.assign(pg.Client.prototype, {
  query: async function queryWatched(this: pg.Client, ...parameters: unknown[]) {
    const [first] = parameters;
    const text = typeof first === 'string' ? first : ((first as { text?: string } | undefined)?.text ?? '');
    happens('statement', text, 'before');
    const result = await query.apply(this, parameters);
    happens('statement', text, 'done');
    return result;
  },
});

const { renameSync, writeFileSync } = fs;
fs.renameSync = (from, to) => watched('rename', `${String(from)} ${String(to)}`, () => renameSync(from, to));
fs.writeFileSync = (file, ...rest) =>
  watched('write', typeof file === 'number' ? '' : String(file), () => writeFileSync(file, ...rest));
syncBuiltinESMExports();

arm(JSON.parse(new URL(import.meta.url).searchParams.get('steps') ?? '[]') as Step[]);
process.on('message', (moment: Step[]) => {
  arm(moment);
  process.send?.('armed');
});
process.channel?.unref();
