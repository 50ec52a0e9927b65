import { copyFile, cp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { commands, runCommand } from '../../../backend/app/commands/run-command.ts';
import { everyAccount } from '../../../shared/api/operator.ts';
import { staffedTest } from '../../fixtures/api.ts';

/** Commands that only read, write a file of their own, or store a delivery report. They change neither a right nor a secret. */
const harmless = [
  'audit verify',
  'audit export',
  'audit key',
  'evidence verify',
  'mail bounce',
  'backup',
  'doctor',
] as const;

interface Row {
  readonly command: string;
  /** The backend must be stopped. */
  readonly stopped?: true;
  /** PostgreSQL has no such command, or a test cannot prepare it there. */
  readonly sqliteOnly?: true;
  /** Whether the command is about one operator, or about all. */
  readonly about: 'olga' | 'all';
  readonly clause: RegExp;
  readonly what: RegExp;
}
const changing: readonly Row[] = [
  {
    command: 'operator unlock',
    about: 'olga',
    clause: /you were unlocked .* by a command on the server/,
    what: /changed the lock of the operator Olga Operator/,
  },
  {
    command: 'operator clear-scope',
    about: 'olga',
    clause: /your access was extended to all accounts, by a command on the server/,
    what: /changed the scope of the operator Olga Operator/,
  },
  {
    command: 'operator disable',
    about: 'olga',
    clause: /your access was turned off, by a command on the server/,
    what: /changed the state of the operator Olga Operator/,
  },
  {
    command: 'key replace',
    stopped: true,
    about: 'all',
    clause: /secret key was replaced, which ended your sessions/,
    what: /changed the server’s secret key/,
  },
  {
    command: 'audit resume',
    stopped: true,
    sqliteOnly: true,
    about: 'all',
    clause: /the server continued with an older copy of its database/,
    what: /changed the database, which was replaced by an older copy/,
  },
  {
    command: 'restore',
    stopped: true,
    sqliteOnly: true,
    about: 'all',
    clause: /the server’s database was restored from a copy/,
    what: /changed the database, which was restored from a copy/,
  },
];

/** The text of a mail in the outbox, without its transfer encoding. */
const readable = (message: string): string => {
  const bytes = message
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8').replaceAll(/\s+/g, ' ');
};

describe('a command on the server that changes rights or secrets', () => {
  const it = staffedTest
    .extend('staffedOptions', { pollIntervals: { mailQueue: 50, sweep: 50 } })
    .extend('run', ({ backend }) => async (...args: readonly string[]) => {
      const lines: string[] = [];
      const print = { out: (line: string) => lines.push(line), err: (line: string) => lines.push(line) };
      const variables =
        backend.database === null
          ? {}
          : {
              RESET_DESK_DATABASE_URL: backend.database.url,
              RESET_DESK_DATABASE_OWNER_URL: backend.database.ownerUrl,
            };
      const code = await runCommand([...args, '--data', backend.dataFolder], variables, print);
      if (code !== 0) throw new Error(lines.join('\n'));
    })
    .extend('mails', ({ backend }) => async (to: string) => {
      const rows = (await backend.readTable('mails')) as {
        to_address: string;
        file: string | null;
      }[];
      const files = rows.filter((row) => row.to_address === to).flatMap(({ file }) => file ?? []);
      return Promise.all(
        files.map(async (file) => readable(await readFile(join(backend.dataFolder, 'outbox', file), 'utf8'))),
      );
    });

  it.for(changing.map((row) => [row.command, row] as const))(
    'tells the operators concerned and all administrators: %s',
    async ([command, row], { skip, backend, administrator, operator, staffedDesk, run, mails }) => {
      if (row.sqliteOnly === true && backend.database !== null) return skip('SQLite only');
      const second = await staffedDesk.hire('bea', 'Bea Second', ['administrator']);
      const scope = JSON.stringify({ ...everyAccount, tiers: ['standard'] });
      await backend.changeRows((db) =>
        db.updateTable('operators').set({ scope }).where('id', '=', operator.id).execute(),
      );
      const words = command.split(' ');
      if (row.stopped !== true) await run(...words, operator.userName);
      else
        await whileStopped(backend, command, {
          more: () => administrator.call('PATCH', `/operators/${operator.id}`, { displayName: 'Olga Later' }),
          run: () => run(...words, ...argumentsOf(command, backend)),
        });

      const concerned = row.about === 'all' ? [operator, second] : [operator];
      for (const { userName } of concerned)
        await expect
          .poll(() => mails(`${userName}@example.com`), { timeout: 8000 })
          .toContainEqual(expect.stringMatching(row.clause));
      await expect
        .poll(() => mails('bea@example.com'), { timeout: 8000 })
        .toContainEqual(expect.stringMatching(row.what));

      // Notified once, even after another start.
      const told = await mails('bea@example.com');
      await backend.restart();
      await run('operator', 'unlock', operator.userName);
      await expect
        .poll(async () => (await mails('bea@example.com')).length, { timeout: 8000 })
        .toBeGreaterThan(told.length);
      const matching = (await mails('bea@example.com')).filter((text) => row.what.test(text));
      expect(matching).toHaveLength(command === 'operator unlock' ? 2 : 1);
    },
  );

  it('is in the table unless it changes none', () => {
    expect(commands.map(({ name }) => name.join(' ')).toSorted()).toEqual(
      [...harmless, ...changing.map(({ command }) => command)].toSorted(),
    );
  });
});

type Backend = { readonly dataFolder: string; restart(meanwhile?: () => Promise<unknown>): Promise<void> };

const copyFolder = (backend: Backend): string => `${backend.dataFolder}-copy`;
const argumentsOf = (command: string, backend: Backend): readonly string[] =>
  command === 'restore' ? [copyFolder(backend)] : [];

/** Prepares a stopped backend for the command, then starts it again. */
async function whileStopped(
  backend: Backend,
  command: string,
  { more, run }: { readonly more: () => Promise<unknown>; readonly run: () => Promise<void> },
): Promise<void> {
  const [folder, copy] = [backend.dataFolder, copyFolder(backend)];
  const database = (of: string) => join(of, 'reset-desk.db');
  try {
    if (command === 'audit resume') {
      // Copies the current state, and restores it after more has happened.
      await backend.restart(() => cp(folder, copy, { recursive: true }));
      await more();
    }
    await backend.restart(async () => {
      if (command === 'key replace') await rm(join(folder, 'secret.key'));
      if (command === 'audit resume') await copyFile(database(copy), database(folder));
      if (command === 'restore') {
        await cp(folder, copy, { recursive: true });
        await rename(folder, `${folder}-before`);
      }
      await run();
    });
  } finally {
    for (const leftover of [copy, `${folder}-before`]) await rm(leftover, { recursive: true, force: true });
  }
}
