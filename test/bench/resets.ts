import { hashPassword } from '../../backend/passwords/password-hashing/argon2.ts';
import type { CaseView } from '../../shared/api/case.ts';
import { codeFor, deskOf } from '../backend/desk-call.ts';
import { startTestBackend } from '../backend/start-test-backend.ts';
import { startMailSink, type MailSink } from '../fixtures/mail-sink.ts';
import { benchAccount } from './account-rows.ts';
import { importAccounts } from './import-accounts.ts';

const clients = 4;
/** Resets in a row before as many hashes are measured again, so that other load on the machine affects both. */
const round = 50;

/** Does `work` for each of the numbers with this many clients at once; returns the seconds. */
async function seconds(
  from: number,
  to: number,
  work: (index: number) => Promise<unknown>,
  atOnce = clients,
): Promise<number> {
  let next = from;
  const started = performance.now();
  const client = async () => {
    while (next < to) {
      const index = next;
      next += 1;
      await work(index);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, client));
  return (performance.now() - started) / 1000;
}

/** A case for each of the first `count` accounts, its caller verified by the mailed code, and the grant of its reset. */
async function readyCases(
  desk: ReturnType<typeof deskOf>,
  sink: MailSink,
  count: number,
): Promise<readonly { caseId: string; grantId: string }[]> {
  const ready: { caseId: string; grantId: string }[] = [];
  const prepare = async (at: number) => {
    const { userName, email } = benchAccount(at);
    const { id } = (
      await desk.call<CaseView>('POST', '/cases', { accountId: await desk.accountId(userName) })
    ).body;
    const started = await desk.startCode(id);
    await desk.readBack(started.body.case, await codeFor(sink, email));
    const grant = await desk.mint(id, 'temporary-password');
    if (grant.status !== 200) throw new Error(`No grant: ${grant.body.code}`);
    ready.push({ caseId: id, grantId: grant.body.id });
  };
  // Codes leave at twenty per second.
  await seconds(0, count, prepare, 24);
  return ready;
}

/**
 * Resets per second by four clients, alternating with bare hashes in the same run. The first half is not counted: a backend runs for months, and the
 * engine needs some hundreds of resets to compile their code.
 */
export async function run({ quick }: { quick: boolean }) {
  const count = quick ? 400 : 1200;
  const sink = await startMailSink();
  const backend = await startTestBackend(sink.url, { pollIntervals: {} });
  try {
    const { accessToken } = await backend.setUp();
    await importAccounts(backend, accessToken, count);
    const desk = deskOf(backend.ask, accessToken);
    const ready = await readyCases(desk, sink, count);
    // The mail server's handling of its mails is not measured.
    sink.discard();
    const reset = async (index: number) => {
      const { caseId = '', grantId = '' } = ready[index] ?? {};
      const { status, body } = await desk.reset(
        caseId,
        grantId,
        'temporary-password',
        `press-${index}-of-bench`,
      );
      if (status !== 200) throw new Error(`No reset: ${body.code}`);
    };
    const warm = count / 2;
    await seconds(0, warm, reset);
    let [hashing, resetting] = [0, 0];
    for (let from = warm; from < count; from += round) {
      hashing += await seconds(from, from + round, (index) => hashPassword(`a-password-${index}`));
      resetting += await seconds(from, from + round, reset);
    }
    const [bare, resets] = [(count - warm) / hashing, (count - warm) / resetting];
    return {
      rows: [
        {
          what: `resets a second, ${clients} clients, ${count - warm} resets (bare hash ${bare.toFixed(0)}/s)`,
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
