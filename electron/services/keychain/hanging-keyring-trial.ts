// keychain.test.ts runs this in a session bus of its own, whose keyring it stops and continues. Prints what happened as one line of JSON.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Secret } from '../../../shared/secret/secret.ts';
import { createKeychain, type Keytar } from './keychain.ts';
import { loadKeytar } from './load-keytar.ts';

const calls: Promise<unknown>[] = [];
let answered = 0;
/** Passes a call on and counts its answer. */
const watched = <T>(call: Promise<T>): Promise<T> => {
  const count = () => {
    answered += 1;
  };
  calls.push(call.then(count, count));
  return call;
};
const watchedKeytar = async (): Promise<Keytar> => {
  const keytar = await loadKeytar();
  return {
    getPassword: (...args) => watched(keytar.getPassword(...args)),
    setPassword: (...args) => watched(keytar.setPassword(...args)),
    deletePassword: (...args) => watched(keytar.deletePassword(...args)),
  };
};
const keychain = createKeychain({
  load: watchedKeytar,
  service: 'Reset Desk test',
  newProbe: randomUUID,
  log: { info: () => undefined, warn: () => undefined, unexpected: () => 'none' },
  timeoutMs: 500,
});
const reply = execFileSync(
  'dbus-send',
  [
    ...'--session --print-reply --dest=org.freedesktop.DBus /org/freedesktop/DBus'.split(' '),
    'org.freedesktop.DBus.GetConnectionUnixProcessID',
    'string:org.freedesktop.secrets',
  ],
  { encoding: 'utf8' },
);
const keyring = Number(/uint32 (\d+)/.exec(reply)?.[1]);
const token = new Secret('a-refresh-token-0123456789');
const storing = (account: string) =>
  keychain.store(account, token).then(
    () => 'stored',
    (thrown: unknown) => String(thrown),
  );

await storing('ann');
process.kill(keyring, 'SIGSTOP');
const accounts = Array.from({ length: 8 }, (_, index) => `account ${index}`);
const answeredBefore = answered;
const refusals = await Promise.all(accounts.flatMap((account) => [storing(account), keychain.read(account)]));
await keychain.remove('ann');
// Without a free thread of Node, the file is read only after the keyring has answered, or D-Bus has given it up.
await readFile(import.meta.filename);
const whileHanging = { refusals: [...new Set(refusals)], answered: answered - answeredBefore };
process.kill(keyring, 'SIGCONT');
await Promise.all(calls);
// The removal that waited for the keyring comes first.
const later = await storing('bob');
process.stdout.write(`${JSON.stringify({ whileHanging, later, ann: await keychain.read('ann') })}\n`);
