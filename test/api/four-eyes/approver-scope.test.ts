import { createParser } from 'eventsource-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountView } from '../../../shared/api/account.ts';
import type { ApprovalRow } from '../../../shared/api/approval.ts';
import type { CaseRow, CaseView } from '../../../shared/api/case.ts';
import type { FlagView } from '../../../shared/api/flag.ts';
import type { FrozenRow } from '../../../shared/api/freeze.ts';
import { browserOf } from '../../backend/desk-call.ts';
import { startStaffedDesk, type Member, type StaffedDesk } from '../../backend/staffed-desk.ts';

interface Heard {
  readonly type: string;
  readonly displayName?: string;
}

/** One account within the scope of the approver Silke, and one out of it; both are worked on by Olga, who may touch both. */
describe('an approver whose scope is one department', () => {
  let desk: StaffedDesk;
  let olga: Member;
  let silke: Member;
  let petra: Member;
  let inside: AccountView;
  let outside: AccountView;
  const heard = new Map<Member, Heard[]>();
  const leave = new AbortController();

  /** Listens to the live events as this operator. */
  async function follow(member: Member) {
    const events: Heard[] = [];
    heard.set(member, events);
    const { body } = await fetch(`${desk.backend.address()}/api/v1/live`, {
      headers: { authorization: `Bearer ${member.accessToken()}` },
      signal: leave.signal,
    });
    const parser = createParser({ onEvent: ({ data }) => events.push(JSON.parse(data) as Heard) });
    const listen = async () => {
      for await (const text of body?.pipeThrough(new TextDecoderStream()) ?? []) parser.feed(text);
    };
    void listen().catch(() => undefined);
  }
  /** The names in the events of this type that an operator received. It waits until Petra, whose scope is everything, has both. */
  async function namesOf(member: Member, type: string): Promise<(string | undefined)[]> {
    const of = (whose: Member) => (heard.get(whose) ?? []).filter((event) => event.type === type);
    await expect.poll(() => of(petra).length, { timeout: 5000 }).toBe(2);
    return of(member).map(({ displayName }) => displayName);
  }
  /** The token behind "This was not me" in a mail to this owner; empty while there is none. */
  async function notMeOf(displayName: string): Promise<string> {
    const { body } = await desk.ann.call<{ mails: { id: string }[] }>('GET', '/outbox?limit=200');
    for (const { id } of body.mails) {
      const { text } = (await desk.ann.call<{ text: string }>('GET', `/outbox/${id}`)).body;
      const token = /\/not-me\/(\S+)/.exec(text)?.[1];
      if (token !== undefined && text.includes(displayName)) return token;
    }
    return '';
  }
  const both = async <T>(work: (account: AccountView) => Promise<T>): Promise<T[]> => [
    // The account out of scope comes first, so an operator who has the second event would also have the first.
    await work(outside),
    await work(inside),
  ];

  beforeAll(async () => {
    desk = await startStaffedDesk();
    const { ann } = desk;
    const view = async (q: string) =>
      (await ann.call<AccountView>('GET', `/accounts/${await ann.accountId(q)}`)).body;
    inside = await view('E10000');
    const others = await Promise.all(['E10002', 'E10003', 'E10012', 'E10013'].map(view));
    const other = others.find(
      ({ department, tier }) => department !== inside.department && tier === inside.tier,
    );
    if (other === undefined || inside.department === null)
      throw new Error('the samples are not as this needs them');
    outside = other;
    olga = await desk.hire('olga', 'Olga Operator', ['operator']);
    petra = await desk.hire('petra', 'Petra Approver', ['approver']);
    silke = await desk.hire('silke', 'Silke Scoped', ['approver'], { departments: [inside.department] });
    await desk.changePolicy(({ approvals }) => ({ approvals: { ...approvals, tiers: [inside.tier] } }));
    for (const member of [olga, petra, silke]) await member.prove();
    await follow(petra);
    await follow(silke);
  }, 60_000);
  afterAll(async () => {
    leave.abort();
    await desk.backend.stop();
  });

  it('sees and hears of requests about that department alone', async () => {
    const asked = await both(async (account) => {
      const view = await olga.openCase(account.userName);
      desk.backend.clock.at += 1000;
      const { body } = await olga.startCode(view.id);
      await olga.readBack(body.case, await desk.lastCode());
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
    expect(JSON.stringify([...heard.values()])).not.toContain(inside.department);
  });

  it('lists the cases of that department alone, and of the others not even a page', async () => {
    const listed = async (member: Member) =>
      (await member.call<{ cases: CaseRow[]; more: boolean }>('GET', '/cases?whose=all&limit=1')).body;
    const ids = (rows: readonly CaseRow[]) => rows.map(({ accountId }) => accountId);
    const seen = await listed(silke);
    expect(ids(seen.cases)).toEqual([inside.id]);
    expect(seen.more).toBe(false);
    expect((await listed(petra)).more).toBe(true);
  });

  it('is told of suspicious calls about that department alone, and clears no other flag', async () => {
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
    // The mail about the refusal may be recorded just after it.
    const clears = (await desk.backend.readAudit()).filter(({ action }) => action === 'account.flag-cleared');
    expect(clears).toMatchObject([{ outcome: 'refused', account_id: outside.id }]);
    expect((await petra.call('POST', path, { reason: 'looked at it' })).status).toBe(200);
  });

  it('is told of frozen accounts of that department alone, and lets no other one go', async () => {
    await both(async ({ displayName }) => {
      // The owner is told of the refusal beside its answer.
      await expect.poll(() => notMeOf(displayName)).toBeTruthy();
      return browserOf(desk.backend.ask).go('POST', '/not-me', { token: await notMeOf(displayName) });
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
    // A mail about the freeze may be recorded just after it.
    const lifts = (await desk.backend.readAudit()).filter(({ action }) => action === 'account.unfrozen');
    expect(lifts).toMatchObject([{ outcome: 'refused', account_id: outside.id }]);
    expect((await petra.call('POST', path, { reason: 'talked to the owner' })).status).toBe(200);
  });
});
