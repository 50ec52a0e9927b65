// keychain.test.ts runs this in a session bus of its own. Prints the keychain's behaviour as one line of JSON.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Log } from '../../log/log.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import { createKeychain } from './keychain.ts';
import { loadKeytar } from './load-keytar.ts';

const warnings: string[] = [];
const log: Log = {
  info: () => undefined,
  warn: (message, facts) => warnings.push(`${message} ${JSON.stringify(facts)}`),
  unexpected: () => 'none',
};
const keychain = createKeychain({
  load: loadKeytar,
  service: 'Reset Desk test',
  newProbe: randomUUID,
  log,
  timeoutMs: 3000,
});
const account = 'https://desk.example.com test';
const token = 'a-refresh-token-0123456789';

const storing = (value: string) =>
  keychain.store(account, new Secret(value)).then(
    () => 'stored',
    (thrown: unknown) => String(thrown),
  );
const state = await keychain.state();
const before = await keychain.read(account);
const stored = await storing(token);
const after = await keychain.read(account);
// A command that changes the keyring in mid-shift.
const change = process.argv[2];
if (change !== undefined) execFileSync('sh', ['-c', change]);
const later =
  change === undefined
    ? {}
    : { storedLater: await storing('newer'), readLater: await keychain.read(account) };
await keychain.remove(account);
const removed = await keychain.read(account);

process.stdout.write(
  `${JSON.stringify({
    state,
    before: before?.expose() ?? null,
    stored,
    after: after?.expose() === token,
    removed: removed === null,
    ...later,
    tokenInLog: warnings.some((line) => line.includes(token)),
  })}\n`,
);
