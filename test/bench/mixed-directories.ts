import { setTimeout } from 'node:timers/promises';
import type { DirectoryView } from '../../shared/api/directories.ts';
import type { SessionTokens } from '../../shared/api/session.ts';
import { deskOf } from '../backend/desk-call.ts';
import { startTestBackend } from '../backend/start-test-backend.ts';
import { servicePassword } from '../directories/lab.ts';
import { startMailSink } from '../fixtures/mail-sink.ts';
import { measuredKinds } from './directory-kinds.ts';
import { importAccounts } from './import-accounts.ts';
import { keystrokes, typedNames, waitsFor, type Row } from './search.ts';

/** Milliseconds between two changes in the directory while the feed runs. */
const betweenChanges = 500;

/** User names of the accounts in the external directory. */
const userNameOf = (at: number) => `bench.user${at}`;

/**
 * Typing where most accounts were imported and the others are in OpenLDAP, over HTTP: without changes, and while the directory changes two accounts a
 * second, which the feed brings into the index, and without changes again, since a shared computer may be busy with other work.
 */
export async function run({ quick }: { quick: boolean }): Promise<{ rows: Row[] }> {
  const { openldap } = measuredKinds;
  if (!openldap.isHere) return { rows: [] };
  const [imported, external] = quick ? [90_000, 10_000] : [900_000, 100_000];
  const { lab, close } = await openldap.start(
    Array.from({ length: external }, (_none, at) => userNameOf(at)),
  );
  const sink = await startMailSink();
  const backend = await startTestBackend(sink.url, { realTime: true, pollIntervals: {} });
  try {
    let tokens = await backend.setUp();
    const renew = async () => {
      const { refreshToken } = tokens;
      const answer = await backend.ask('POST', '/api/v1/session/refresh', { refreshToken });
      tokens = (await answer.json()) as SessionTokens;
      return deskOf(backend.ask, tokens.accessToken);
    };
    await importAccounts(backend, tokens.accessToken, imported);
    let desk = await renew();
    await desk.call('POST', '/directories', {
      name: 'Bench',
      settings: lab.settings,
      secret: servicePassword,
    });
    const directory = async () =>
      (await desk.call<{ directories: DirectoryView[] }>('GET', '/directories')).body.directories[0];
    while ((await directory())?.reading.state !== 'read') await setTimeout(500);
    desk = await renew();

    const texts = typedNames(imported).flatMap((text, at) =>
      at % 5 === 0 ? [text, ...(at % 50 === 0 ? keystrokes(userNameOf(at)) : [])] : [],
    );
    const search = (text: string) => desk.call('GET', `/accounts?q=${encodeURIComponent(text)}`);
    const where = `${imported} imported accounts and ${external} of OpenLDAP, SQLite over HTTP`;
    const rows = await waitsFor(texts, search, `${where}, without changes`, ['p50', 'p95']);
    const ended = new AbortController();
    let changes = 0;
    const changing = (async () => {
      for (; !ended.signal.aborted; changes += 1) {
        await lab.setPhone(userNameOf(changes), `+49 171 ${String(5_000_000 + changes)}`);
        await setTimeout(betweenChanges);
      }
    })();
    // Three times, so that the feed brings in many changes in the meantime.
    rows.push(
      ...(await waitsFor([...texts, ...texts, ...texts], search, `${where}, feed beside it`, ['p50', 'p95'])),
    );
    ended.abort();
    await changing;
    rows.push(...(await waitsFor(texts, search, `${where}, without changes again`, ['p50', 'p95'])));
    const { accounts, reading } = (await directory()) ?? {};
    if (accounts !== external || reading?.fault !== null) throw new Error('The feed has failed');
    if (changes < 10) throw new Error('The directory has hardly changed during the searches');
    return { rows };
  } finally {
    await backend.stop();
    await sink.stop();
    await close();
  }
}
