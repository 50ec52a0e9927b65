import { createParser } from 'eventsource-parser';
import { describe, expect } from 'vitest';
import type { AccountView } from '../../../shared/api/account.ts';
import type { ApprovalRow } from '../../../shared/api/approval.ts';
import type { CaseRow, CaseView } from '../../../shared/api/case.ts';
import type { FlagView } from '../../../shared/api/flag.ts';
import type { FrozenRow } from '../../../shared/api/freeze.ts';
import { browserOf } from '../../backend/desk-call.ts';
import type { Member, StaffedDesk } from '../../backend/staffed-desk.ts';
import { sharedDeskTest } from '../../fixtures/api.ts';

interface Heard {
  readonly type: string;
  readonly displayName?: string;
}

/** Listens to the live events as this operator. */
async function follow(
  backend: StaffedDesk['backend'],
  member: Member,
  signal: AbortSignal,
): Promise<Heard[]> {
  const events: Heard[] = [];
  const { body } = await fetch(`${backend.address()}/api/v1/live`, {
    headers: { authorization: `Bearer ${member.accessToken()}` },
    signal,
  });
  const parser = createParser({ onEvent: ({ data }) => events.push(JSON.parse(data) as Heard) });
  const listen = async () => {
    for await (const text of body?.pipeThrough(new TextDecoderStream()) ?? []) parser.feed(text);
  };
  void listen().catch(() => undefined);
  return events;
}

/** The token of "This was not me" in a mail to this owner; empty while the outbox has no such mail. */
async function notMeOf(ann: Member, displayName: string): Promise<string> {
  const { body } = await ann.call<{ mails: { id: string }[] }>('GET', '/outbox?limit=200');
  for (const { id } of body.mails) {
    const { text } = (await ann.call<{ text: string }>('GET', `/outbox/${id}`)).body;
    const token = /\/not-me\/(\S+)/.exec(text)?.[1];
    if (token !== undefined && text.includes(displayName)) return token;
  }
  return '';
}

/** One account inside the scope of the approver Silke, and one outside it. Olga may work on both; the scope of Petra is everything. */
const it = sharedDeskTest
  .extend('accounts', { scope: 'file' }, async ({ administrator: ann }) => {
    const view = async (q: string) =>
      (await ann.call<AccountView>('GET', `/accounts/${await ann.accountId(q)}`)).body;
    const inside = await view('E10000');
    const { department } = inside;
    const others = await Promise.all(['E10002', 'E10003', 'E10012', 'E10013'].map(view));
    const outside = others.find((other) => other.department !== department && other.tier === inside.tier);
    if (outside === undefined || department === null)
      throw new Error('The sample accounts do not have the departments that these tests need');
    return { inside, outside, department };
  })
  .extend(
    'scene',
    { scope: 'file' },
    async ({ staffedDesk, operator, approver, accounts }, { onCleanup }) => {
      const { inside, outside, department } = accounts;
      const silke = await staffedDesk.hire('silke', 'Silke Scoped', ['approver'], {
        departments: [department],
      });
      await staffedDesk.changePolicy(({ approvals }) => ({
        approvals: { ...approvals, tiers: [inside.tier] },
      }));
      for (const member of [operator, approver, silke]) await member.prove();
      const leave = new AbortController();
      onCleanup(() => leave.abort());
      const heard = new Map<Member, Heard[]>();
      for (const member of [approver, silke])
        heard.set(member, await follow(staffedDesk.backend, member, leave.signal));
      const received = (member: Member, type: string) =>
        (heard.get(member) ?? []).filter((event) => event.type === type);
      return {
        inside,
        outside,
        department,
        olga: operator,
        petra: approver,
        silke,
        heard,
        /** The names in the events of this type that an operator received. It waits until Petra, whose scope is everything, has both. */
        namesOf: async (member: Member, type: string) => {
          await expect.poll(() => received(approver, type).length, { timeout: 5000 }).toBe(2);
          await expect.poll(() => received(member, type), { timeout: 5000 }).not.toEqual([]);
          return received(member, type).map(({ displayName }) => displayName);
        },
        both: async <T>(work: (account: AccountView) => Promise<T>): Promise<T[]> => [
          // The account out of scope comes first, so an operator who has the second event would also have the first.
          await work(outside),
          await work(inside),
        ],
      };
    },
  );

// The first test hires the staff as well.
describe('an approver whose scope is one department', { timeout: 60_000 }, () => {
  it('sees and hears of requests about that department alone', async ({ backend, scene, staffedDesk }) => {
    const { both, heard, inside, namesOf, olga, outside, petra, silke, department } = scene;
    const asked = await both(async (account) => {
      const view = await olga.openCase(account.userName);
      backend.clock.at += 1000;
      const { body } = await olga.startCode(view.id);
      await olga.readBack(body.case, await staffedDesk.lastCode());
      return olga.call<CaseView>('POST', `/cases/${view.id}/approvals`, { action: 'temporary-password' });
    });
    expect(asked.map(({ status }) => status)).toEqual([200, 200]);
    const waitingFor = async (member: Member) =>
      (await member.call<{ waiting: ApprovalRow[] }>('GET', '/approvals')).body.waiting.map(
        ({ displayName }) => displayName,
      );
    expect(await waitingFor(petra)).toEqual([outside.displayName, inside.displayName]);
    expect(await waitingFor(silke)).toEqual([inside.displayName]);
    expect(await namesOf(silke, 'approval-asked')).toEqual([inside.displayName]);
    expect(JSON.stringify([...heard.values()])).not.toContain(department);
  });

  it('reaches cases of that department alone', async ({ scene }) => {
    const { inside, petra, silke } = scene;
    const listed = async (member: Member) =>
      (await member.call<{ cases: CaseRow[]; more: boolean }>('GET', '/cases?whose=all&limit=1')).body;
    const ids = (rows: readonly CaseRow[]) => rows.map(({ accountId }) => accountId);
    const seen = await listed(silke);
    expect(ids(seen.cases)).toEqual([inside.id]);
    expect(seen.more).toBe(false);
    expect((await listed(petra)).more).toBe(true);
  });

  it('reaches suspicious calls about that department alone', async ({ backend, scene }) => {
    const { both, inside, namesOf, olga, outside, petra, silke } = scene;
    await both(async (account) => {
      const view = await olga.openCase(account.userName);
      return olga.call('POST', `/cases/${view.id}/refuse`, { reason: 'suspicious' });
    });
    const flagsOf = async (member: Member) =>
      (await member.call<{ flags: FlagView[] }>('GET', '/flags')).body.flags;
    expect((await flagsOf(silke)).map(({ displayName }) => displayName)).toEqual([inside.displayName]);
    expect(await namesOf(silke, 'account-flagged')).toEqual([inside.displayName]);
    const other = (await flagsOf(petra)).find(({ accountId }) => accountId === outside.id);
    const path = `/flags/${other?.id ?? ''}/clear`;
    const refused = await silke.call<{ code: string }>('POST', path, { reason: 'out of reach' });
    expect(refused.body.code).toBe('account.out-of-scope');
    // The mail about the refusal may be recorded shortly after it.
    const clears = (await backend.readAudit()).filter(({ action }) => action === 'account.flag-cleared');
    expect(clears).toMatchObject([{ outcome: 'refused', account_id: outside.id }]);
    expect((await petra.call('POST', path, { reason: 'looked at it' })).status).toBe(200);
  });

  it('reaches frozen accounts of that department alone', async ({ administrator, backend, scene }) => {
    const { both, inside, namesOf, outside, petra, silke } = scene;
    await both(async ({ displayName }) => {
      // The owner is notified asynchronously.
      await expect.poll(() => notMeOf(administrator, displayName)).toBeTruthy();
      return browserOf(backend.ask).go('POST', '/not-me', {
        token: await notMeOf(administrator, displayName),
        confirmed: 'yes',
      });
    });
    const frozenFor = async (member: Member) =>
      (await member.call<{ frozen: FrozenRow[] }>('GET', '/frozen-accounts')).body.frozen.map(
        ({ displayName }) => displayName,
      );
    expect(await frozenFor(petra)).toHaveLength(2);
    expect(await frozenFor(silke)).toEqual([inside.displayName]);
    expect(await namesOf(silke, 'account-frozen')).toEqual([inside.displayName]);
    const path = `/accounts/${outside.id}/lift-freeze`;
    const refused = await silke.call<{ code: string }>('POST', path, { reason: 'out of reach' });
    expect(refused.body.code).toBe('account.out-of-scope');
    // A mail about the freeze may be recorded shortly after it.
    const lifts = (await backend.readAudit()).filter(({ action }) => action === 'account.unfrozen');
    expect(lifts).toMatchObject([{ outcome: 'refused', account_id: outside.id }]);
    expect((await petra.call('POST', path, { reason: 'talked to the owner' })).status).toBe(200);
  });
});
