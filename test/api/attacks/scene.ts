import type { CaseView } from '../../../shared/api/case.ts';
import type { PolicyView } from '../../../shared/api/policy-calls.ts';
import { sharedDeskTest } from '../../fixtures/api.ts';
import { startMailSink } from '../../fixtures/mail-sink.ts';
import { browserOf, type Answer } from '../../backend/desk-call.ts';
import { trustEachAdministrator } from '../../backend/trust-each-administrator.ts';
import type { Member, StaffedDesk } from '../../backend/staffed-desk.ts';

export type Refused = Answer<{ readonly code?: string }>;
export const temporary = 'temporary-password';
export const link = 'reset-link';

/** The scene of one attack: a desk with its staff, and an account without any history. */
export interface Scene extends StaffedDesk {
  readonly olga: Member;
  readonly otto: Member;
  readonly petra: Member;
  readonly paul: Member;
  /** A text by which a search finds only this account. */
  readonly account: string;
  /** A second account. */
  readonly other: string;
  /** Opens a case as an operator and passes the emailed code. */
  readonly verified: (by: Member, account?: string) => Promise<CaseView>;
  /** The same, and the call-back: enough for a sensitive account. */
  readonly wellVerified: (by: Member, account?: string) => Promise<CaseView>;
  /** Starts the emailed code and returns it from the mail. */
  readonly codeIn: (by: Member, opened: CaseView) => Promise<{ view: CaseView; code: string }>;
  readonly callBack: (by: Member, opened: CaseView, outcome: string) => Promise<CaseView>;
  /** Mints a grant in the case; returns its id. */
  readonly granted: (by: Member, view: CaseView, action?: string) => Promise<string>;
  readonly spend: (
    by: Member,
    view: CaseView,
    grantId: string,
    action?: string,
    key?: string,
  ) => Promise<Refused>;
  readonly ask: (
    by: Member,
    view: CaseView,
    action?: string,
  ) => Promise<Answer<CaseView & { code?: string }>>;
  /** Presses "This was not me" in the mail with the newest code, which freezes the account. */
  readonly notMe: (account: string) => Promise<void>;
  /** Lets mails leave to a server that accepts them; returns the function that restores the outbox. */
  readonly mailLeaves: () => Promise<() => Promise<void>>;
  readonly decide: (by: Member, approvalId: string, decision: 'approve' | 'deny') => Promise<Refused>;
}

let press = 0;
const nextKey = () => `press-${(press += 1)}-of-the-button`;

/** Hires the staff. `play` returns the scene for the account with this number among the samples. */
async function prepareScenes(desk: StaffedDesk) {
  const { backend } = desk;
  // Some attacks hire further administrators who are the same person as another one.
  await trustEachAdministrator(desk.ann);
  const olga = await desk.hire('olga', 'Olga Operator', ['operator']);
  const otto = await desk.hire('otto', 'Otto Operator', ['operator', 'approver']);
  const petra = await desk.hire('petra', 'Petra Approver', ['approver']);
  const paul = await desk.hire('paul', 'Paul Approver', ['approver', 'operator']);
  // Attacks change the policy, so each scene begins with the current one.
  const { document } = (await desk.ann.call<PolicyView>('GET', '/policy')).body;

  const play = async (number: number): Promise<Scene> => {
    const account = `E${10_000 + number}`;
    for (const member of [desk.ann, olga, otto, petra, paul]) await member.prove();
    await desk.changePolicy(() => document);
    const codeIn: Scene['codeIn'] = async (by, opened) => {
      // Ensures that the newest mail also has the newest time.
      backend.clock.at += 1000;
      const { body } = await by.startCode(opened.id);
      return { view: body.case, code: await desk.lastCode() };
    };
    const verified: Scene['verified'] = async (by, whose = account) => {
      const { view, code } = await codeIn(by, await by.openCase(whose));
      return (await by.readBack(view, code)).body.case;
    };
    const callBack: Scene['callBack'] = async (by, opened, outcome) => {
      const started = await by.call<{ case: CaseView }>('POST', `/cases/${opened.id}/checks`, {
        kind: 'call-back',
      });
      const check = started.body.case.checks.find(({ kind }) => kind === 'call-back')?.attempt?.id ?? '';
      const { body } = await by.call<{ case: CaseView }>(
        'POST',
        `/cases/${opened.id}/checks/${check}/answer`,
        {
          kind: 'call-back',
          outcome,
          note: 'as the table says',
        },
      );
      return body.case;
    };
    return {
      ...desk,
      olga,
      otto,
      petra,
      paul,
      account,
      other: `E${10_000 + number + 1}`,
      codeIn,
      verified,
      callBack,
      wellVerified: async (by, whose = account) => callBack(by, await verified(by, whose), 'confirmed'),
      granted: async (by, view, action = temporary) => (await by.mint(view.id, action)).body.id,
      spend: (by, view, grantId, action = temporary, key = nextKey()) =>
        by.reset(view.id, grantId, action, key),
      ask: (by, view, action = temporary) => by.call('POST', `/cases/${view.id}/approvals`, { action }),
      notMe: async (whose) => {
        const { body } = await desk.ann.call<{ mails: { id: string; kind: string }[] }>(
          'GET',
          '/outbox?limit=200',
        );
        const mail = body.mails.find(({ kind }) => kind === 'code');
        const { text } = (await desk.ann.call<{ text: string }>('GET', `/outbox/${mail?.id ?? ''}`)).body;
        const token = /\/not-me\/(\S+)/.exec(text)?.[1] ?? '';
        const pressed = await browserOf(backend.ask).go('POST', '/not-me', { token, confirmed: 'yes' });
        const frozen = await desk.ann.call<{ frozen: object | null }>(
          'GET',
          `/accounts/${await desk.ann.accountId(whose)}`,
        );
        if (frozen.body.frozen === null) throw new Error(`not frozen: ${pressed.status}`);
      },
      mailLeaves: async () => {
        const sink = await startMailSink();
        const { hostname, port } = new URL(sink.url);
        const { body: before } = await desk.ann.call<object>('GET', '/settings/mail');
        const change = async (settings: object) => {
          await desk.ann.prove();
          const { status, body } = await desk.ann.call('PUT', '/settings/mail', settings);
          if (status !== 200) throw new Error(`mail is not configured: ${JSON.stringify(body)}`);
        };
        await change({
          ...before,
          transport: 'smtp',
          host: hostname,
          port: Number(port),
          security: 'none',
          from: 'desk@example.com',
        });
        return async () => {
          await change(before);
          await sink.stop();
        };
      },
      decide: async (by, approvalId, decision) => {
        await by.prove();
        return by.call('POST', `/approvals/${approvalId}/decision`, {
          decision,
          reason: 'as the table says',
        });
      },
    };
  };
  return { play };
}

/** Tests that play attacks on one desk, each against an account of its own. */
export const attackTest = sharedDeskTest.extend('scenes', { scope: 'file' }, ({ staffedDesk }) =>
  prepareScenes(staffedDesk),
);
