import { hashPassword } from '../../backend/password-hashing/argon2.ts';
import { startTestBackend } from '../backend/start-test-backend.ts';
import { startMailSink } from '../fixtures/mail-sink.ts';
import { codeFor, deskOf } from '../api/desk-call.ts';

const clients = 4;

/** How many a second, of `count` pieces of work by four clients at once. */
async function rate(count: number, work: (index: number) => Promise<unknown>): Promise<number> {
  let next = 0;
  const started = performance.now();
  const client = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      await work(index);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return count / ((performance.now() - started) / 1000);
}

/** Resets a second by four clients, against the same number of bare hashes in the same run. */
export async function run({ quick }: { quick: boolean }) {
  const count = quick ? 100 : 300;
  const sink = await startMailSink();
  const backend = await startTestBackend(sink.url);
  try {
    const desk = deskOf(backend.ask, (await backend.setUp()).accessToken);
    await desk.call('POST', '/imports/samples', {});
    const ready: { caseId: string; grantId: string }[] = [];
    const { body } = await desk.call<{ hits: { id: string; userName: string; tier: string }[] }>(
      'GET',
      '/accounts?q=example&limit=50',
    );
    const seen = new Map(body.hits.map((hit) => [hit.id, hit]));
    for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
      const found = await desk.call<typeof body>('GET', `/accounts?q=${letter}&limit=50`);
      for (const hit of found.body.hits) seen.set(hit.id, hit);
    }
    for (const { id, tier } of seen.values()) {
      if (ready.length >= count || tier !== 'standard') continue;
      const opened = await desk.call<{
        id: string;
        checks: { destination: string | null; obstacle: unknown }[];
      }>('POST', '/cases', { accountId: id });
      if (opened.status !== 200 || opened.body.checks[0]?.obstacle !== null) continue;
      const contact = await desk.call<{ email: string | null }>('POST', `/accounts/${id}/contact`, {
        caseId: opened.body.id,
      });
      const started = await desk.startCode(opened.body.id);
      if (started.status !== 200 || contact.body.email === null) continue;
      await desk.readBack(started.body.case, await codeFor(sink, contact.body.email));
      const grant = await desk.mint(opened.body.id, 'temporary-password');
      if (grant.status === 200) ready.push({ caseId: opened.body.id, grantId: grant.body.id });
    }
    // What a mail server does with its mails is not ours to measure.
    sink.discard();
    const reset = (index: number) => {
      const { caseId = '', grantId = '' } = ready[index] ?? {};
      return desk.reset(caseId, grantId, 'temporary-password', `press-${index}-of-bench`);
    };
    // A backend runs for months: its first resets, which the engine still compiles, are not what is measured.
    const warmUp = Math.floor(ready.length / 4);
    const measured = ready.length - warmUp;
    await rate(warmUp, reset);
    const bare = await rate(measured, (index) => hashPassword(`a-password-${index}`));
    const resets = await rate(measured, (index) => reset(warmUp + index));
    return {
      rows: [
        {
          what: `resets a second, ${clients} clients, ${measured} resets (bare hash ${bare.toFixed(0)}/s)`,
          measured: `${resets.toFixed(0)}/s`,
          target: '≥ 90 % of the bare hash',
          ratio: (resets / bare).toFixed(2),
        },
      ],
    };
  } finally {
    await backend.stop();
    await sink.stop();
  }
}
