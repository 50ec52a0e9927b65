import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CaseView } from '../../shared/api/case.ts';
import type { DirectoryView } from '../../shared/api/directories.ts';
import { Secret } from '../../shared/secret/secret.ts';
import { codeFor } from '../backend/desk-call.ts';
import { frequentPolls } from '../backend/start-test-backend.ts';
import { startDeskWithSamples } from '../backend/desk-with-samples.ts';
import { startFaultyProxy, type FaultyProxy } from '../fixtures/faulty-proxy.ts';
import { startMailSink } from '../fixtures/mail-sink.ts';
import { accountRows, administrationRows, lineRows, type FaultRow } from './fault-rows.ts';
import { servicePassword, startPassword, type DirectoryLab } from './lab.ts';

/** Long enough for a busy machine, and short enough to wait for a silent server. */
const directoryTimeouts = { connectMs: 2500, requestMs: 4000 };

/** A desk that is connected to the lab's directory by a line that can fail, and has read its accounts. */
async function startFaultDesk(lab: DirectoryLab) {
  const sink = await startMailSink();
  let proxy: FaultyProxy | undefined;
  const bridge = await lab.through(async (target) => (proxy = await startFaultyProxy(target)));
  const settings = lab.settingsAt(bridge.address);
  // A read of changes between the fault and the press would close a deleted account, so that its grant has expired instead.
  const pollIntervals = { ...frequentPolls, directoryChanges: 3_600_000 };
  const { backend, desk } = await startDeskWithSamples(sink.url, { directoryTimeouts, pollIntervals });
  const added = await desk.call<DirectoryView>('POST', '/directories', {
    name: 'Head office',
    settings,
    secret: servicePassword,
  });
  const view = async () =>
    (await desk.call<{ directories: DirectoryView[] }>('GET', '/directories')).body.directories[0];
  await vi.waitUntil(async () => (await view())?.reading.state === 'read', { timeout: 40_000 });
  return {
    sink,
    backend,
    desk,
    settings,
    line: proxy as unknown as FaultyProxy,
    change: async (changed: object, secret = servicePassword): Promise<void> => {
      const body = { name: 'Head office', enabled: true, settings: changed, secret };
      const { status } = await desk.call('PUT', `/directories/${added.body.id}`, body);
      if (status !== 200) throw new Error(`The settings were refused: ${status}`);
    },
    stop: async () => {
      await backend.stop();
      await bridge.stop();
      await sink.stop();
    },
  };
}

type FaultDesk = Awaited<ReturnType<typeof startFaultDesk>>;
type Press = Awaited<ReturnType<FaultDesk['desk']['reset']>>;

/** Presses the key while the fault lasts. */
async function pressedUntil(press: () => Promise<Press>, end: () => Promise<void> | void): Promise<Press> {
  try {
    return await press();
  } finally {
    await end();
  }
}

const settledAs: Readonly<Record<FaultRow['state'], string>> = {
  done: 'reset.done',
  failed: 'reset.failed',
  unknown: 'reset.outcome-unknown',
};

/** What the operator sees, and what the log says; no line of the log has the password. */
function assertSaid(
  { refusal, detailIn, logged, loggedDetail }: FaultRow,
  lab: DirectoryLab,
  answer: Press,
  lines: readonly string[],
) {
  const { code, detail, temporaryPassword } = answer.body as Press['body'] & { readonly detail?: string };
  expect([code, detail]).toEqual([refusal?.[0], detailIn?.(lab) ?? refusal?.[1]]);
  const faults = lines.filter((line) => line.includes('"directory-fault"')).join();
  expect(faults).toMatch(
    logged === null ? /^$/ : new RegExp(logged === undefined ? '' : `"fault":"${logged}"`),
  );
  expect(faults).toContain(loggedDetail === undefined ? '' : `"detail":"${loggedDetail}"`);
  expect(lines.join()).not.toContain(temporaryPassword ?? startPassword);
}

/** What the directory has: the new password or the former one, and no other. */
async function assertInDirectory(
  lab: DirectoryLab,
  key: string,
  {
    isSet,
    password,
    demandsChange = isSet,
  }: { readonly isSet: boolean; readonly password: string | null; readonly demandsChange?: boolean },
) {
  const directory = lab.connect();
  const found = await directory.read(key);
  const tried = async (text: string) => directory.verifyPassword(key, new Secret(text));
  const seen = found && {
    mustChange: found.mustChange,
    given: password === null ? null : await tried(password),
    former: await tried(startPassword),
  };
  const given = password === null ? null : 'must-change';
  expect(seen).toEqual(found && { mustChange: demandsChange, given, former: isSet ? 'wrong' : 'right' });
  await directory.close();
  return found?.passwordSetAt;
}

async function setAtIn(lab: DirectoryLab, key: string) {
  const directory = lab.connect();
  const found = await directory.read(key);
  await directory.close();
  return found?.passwordSetAt;
}

/** Each fault through the whole desk: what the operator sees, what the log says, and that nothing was lost or doubled. The caller stops the lab. */
export function describeFaultTable(
  start: () => Promise<DirectoryLab>,
  faults: readonly FaultRow[] = [...lineRows, ...administrationRows, ...accountRows],
): void {
  describe('a reset in a directory whose', { timeout: 60_000 }, () => {
    let lab: DirectoryLab;
    let all: FaultDesk;
    const rows = faults.map((row, at) => ({
      ...row,
      userName: `fault.number${at}`,
    }));
    const emailOf = (userName: string) => `${userName}@example.com`;

    beforeAll(async () => {
      lab = await start();
      for (const { userName } of rows)
        await lab.add({ userName, displayName: `Fault ${userName}`, email: emailOf(userName) });
      all = await startFaultDesk(lab);
    }, 400_000);
    afterAll(() => all.stop());

    const verified = async (userName: string) => {
      const opened = await all.desk.openCase(userName);
      const started = await all.desk.startCode(opened.id);
      await all.desk.readBack(started.body.case, await codeFor(all.sink, emailOf(userName)));
      return opened;
    };
    const pressed = async (caseId: string, key: string) => {
      const grant = await all.desk.mint(caseId, 'temporary-password');
      return () => all.desk.reset(caseId, grant.body.id, 'temporary-password', key);
    };
    const happened = ({ happen, userName }: (typeof rows)[number]) =>
      happen({
        lab,
        line: all.line,
        userName,
        change: (changed, secret) => all.change(changed === lab.settings ? all.settings : changed, secret),
      });
    /** The case's resets and the timeline's events about them: one intent, and one outcome. */
    const assertRecorded = async (caseId: string, accountId: string, state: FaultRow['state']) => {
      const { resets } = (await all.desk.call<CaseView>('GET', `/cases/${caseId}`)).body;
      expect(resets.map((reset) => reset.state)).toEqual([state]);
      const timeline = await all.desk.call<{ entries: { action: string }[] }>(
        'GET',
        `/accounts/${accountId}/timeline`,
      );
      const actions = timeline.body.entries.map(({ action }) => action);
      expect(actions.filter((action) => action.startsWith('reset.'))).toEqual([
        settledAs[state],
        'reset.intended',
      ]);
    };
    const assertResetAgain = async (caseId: string, key: string, userName: string) => {
      const press = await pressed(caseId, `next-${userName}`);
      const next = await press();
      expect(next).toMatchObject({ status: 200, body: { reset: { state: 'done' } } });
      await assertInDirectory(lab, key, { isSet: true, password: next.body.temporaryPassword });
    };
    /** A person who got the name of a deleted one keeps the password. */
    const assertNamesakeUntouched = async (userName: string, key: string) => {
      const namesake = await lab.keyOf(userName).catch(() => key);
      if (namesake !== key) await assertInDirectory(lab, namesake, { isSet: false, password: null });
    };

    it.for(rows)('$name', async (plain, { skip }) => {
      const row = { ...plain, ...(!lab.says.isOneWrite && plain.ofTwoWrites) };
      const { state, isSet = state === 'done', isForGood = false, userName } = row;
      const { demandsChange = isSet } = row as { readonly demandsChange?: boolean };
      if (row.isIn?.(lab) === false) return skip('This kind of directory has no such thing.');
      const key = await lab.keyOf(userName);
      const { id, account } = await verified(userName);
      const press = await pressed(id, `press-${userName}`);
      const before = all.backend.lines.length;
      const end = await happened(row);
      const answer = await pressedUntil(press, end);
      assertSaid(row, lab, answer, all.backend.lines.slice(before));
      await assertRecorded(id, account.id, state);
      const given = { isSet, demandsChange, password: answer.body.temporaryPassword ?? null };
      const setAt = await assertInDirectory(lab, key, given);
      // The same key press does nothing a second time.
      const again = await press();
      expect(again.body.reset?.id).toBe(answer.body.reset?.id);
      expect(await setAtIn(lab, key)).toBe(setAt);
      await assertNamesakeUntouched(userName, key);
      // A password that was shown needs new evidence before the next one.
      if (!isForGood && state !== 'done') await assertResetAgain(id, key, userName);
    });
  });
}
