import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountView } from '../../../shared/api/account.ts';
import { browserOf } from '../../backend/desk-call.ts';
import { newLinksOf } from '../../backend/new-links.ts';
import { startStaffedDesk, type Member, type StaffedDesk } from '../../backend/staffed-desk.ts';

const password = 'Quiet+Harbour7';
const other = 'Other+Harbour9';
const [minute, day] = [60_000, 24 * 3_600_000];

type Kind = 'forgot-password link' | "help desk's link" | '"this was not me" link';
const kinds: readonly Kind[] = ['forgot-password link', "help desk's link", '"this was not me" link'];

/** A sample account, as one case of the table uses it. */
interface Subject {
  readonly account: AccountView;
  readonly email: string;
  /** The other columns of an import, which would otherwise be emptied. */
  readonly columns: Readonly<Record<string, string>>;
}

/** The samples that are standard and active and have an address. */
const isUsable = (at: number): boolean =>
  [50, 11, 19, 17, 29, 23, 41, 37].every((every, index) => at % every !== [9, 4, 11, 12, 5, 6, 7, 8][index]);

describe('a link', () => {
  let desk: StaffedDesk;
  let olga: Member;
  let otto: Member;
  let petra: Member;
  const numbers = Array.from({ length: 498 }, (_, at) => at).filter(isUsable);

  const next = async (): Promise<Subject> => {
    await desk.ann.prove();
    const number = numbers.shift() ?? 0;
    const id = await desk.ann.accountId(`E${10_000 + number}`);
    const account = (await desk.ann.call<AccountView>('GET', `/accounts/${id}`)).body;
    const rows = await desk.backend.readTables();
    const email = rows['accounts']?.find((row) => row['id'] === id)?.['email'];
    return {
      account,
      email: String(email),
      columns: { userName: account.userName, displayName: account.displayName, tier: account.tier },
    };
  };
  const linkTo = newLinksOf(() => desk);
  const resetToken = (address: string) => linkTo(address, /\/reset\/([\w-]+)/);
  const forgot = (address: string) => browserOf(desk.backend.ask).go('POST', '/forgot-password', { address });
  const issue = async (kind: Kind, { account, email }: Subject): Promise<string> => {
    desk.backend.clock.at += minute;
    await olga.prove();
    if (kind === 'forgot-password link') {
      await forgot(email);
      return resetToken(email);
    }
    const view = await olga.openCase(account.userName);
    const started = await olga.startCode(view.id);
    if (kind === '"this was not me" link') return linkTo(email, /\/not-me\/([\w-]+)/);
    await olga.readBack(started.body.case, await desk.lastCode());
    const grant = await olga.mint(view.id, 'reset-link');
    await olga.reset(view.id, grant.body.id, 'reset-link', `press-of-${account.id}`);
    return resetToken(email);
  };
  const use = async (kind: Kind, token: string): Promise<number> => {
    const browser = browserOf(desk.backend.ask);
    const { status } =
      kind === '"this was not me" link'
        ? await browser.go('POST', '/not-me', { token, confirmed: 'yes' })
        : await browser.go('POST', '/reset', { token, password: other, repeated: other });
    return status;
  };
  const look = async (kind: Kind, token: string): Promise<number> =>
    (
      await browserOf(desk.backend.ask).go(
        'GET',
        `${kind === '"this was not me" link' ? '/not-me' : '/reset'}/${token}`,
      )
    ).status;
  const freeze = async (subject: Subject) => {
    await use('"this was not me" link', await issue('"this was not me" link', subject));
  };
  /** Links the account with another one, which is frozen. */
  const freezeLinked = async (accountId: string): Promise<void> => {
    const linked = await next();
    await desk.backend.changeRows(async (db) => {
      await db
        .insertInto('account_links')
        .values({
          id: `link of ${accountId}`,
          account_id: linked.account.id,
          other_id: accountId,
          why: 'email',
          linked_at: 0,
          unlinked_at: null,
          unlinked_by: null,
          unlink_reason: null,
        })
        .execute();
      await db.updateTable('accounts').set({ frozen_at: 1 }).where('id', '=', linked.account.id).execute();
    });
  };
  const lift = async ({ account }: Subject) => {
    await petra.prove();
    desk.backend.clock.at += 1;
    await petra.call('POST', `/accounts/${account.id}/lift-freeze`, { reason: 'Talked to the owner.' });
  };
  const chooseBy = async (subject: Subject): Promise<void> => {
    const token = await issue('forgot-password link', subject);
    await browserOf(desk.backend.ask).go('POST', '/reset', { token, password, repeated: password });
  };

  /** The events of the account, and whether a reset link and a "This was not me" link survive each. */
  const events: readonly {
    readonly name: string;
    /** The owner has a password before the link is sent. */
    readonly withPassword?: true;
    readonly signedInBefore?: true;
    /** `browser` is a browser of the owner's, signed in if the event asks for it. */
    readonly happen: (subject: Subject, browser: ReturnType<typeof browserOf>) => Promise<unknown>;
    readonly resetLinkLives?: true;
    readonly notMeLives?: true;
  }[] = [
    {
      name: 'nothing happened',
      happen: () => Promise.resolve(),
      resetLinkLives: true,
      notMeLives: true,
    },
    {
      name: 'the account got another name',
      happen: ({ columns, email }) => desk.importRow({ ...columns, email, displayName: 'Another Name' }),
      resetLinkLives: true,
      notMeLives: true,
    },
    {
      name: 'an import replaced the address',
      happen: ({ columns, account }) =>
        desk.importRow({ ...columns, email: `new-${account.id}@example.com` }),
    },
    {
      name: 'an import removed the address',
      happen: ({ columns }) => desk.importRow({ ...columns, email: '' }),
    },
    {
      name: 'the account was disabled',
      happen: ({ columns, email }) => desk.importRow({ ...columns, email, status: 'disabled' }),
      notMeLives: true,
    },
    {
      name: 'the account expired',
      happen: ({ columns, email }) => desk.importRow({ ...columns, email, expiresAt: '2026-01-01' }),
      notMeLives: true,
    },
    {
      name: 'the account was disabled, and enabled again',
      happen: async ({ columns, email }) => {
        await desk.importRow({ ...columns, email, status: 'disabled' });
        desk.backend.clock.at += minute;
        await desk.importRow({ ...columns, email, status: 'active' });
      },
      notMeLives: true,
    },
    {
      name: 'the account expired, and was extended',
      happen: async ({ columns, email }) => {
        await desk.importRow({ ...columns, email, expiresAt: '2026-01-01' });
        desk.backend.clock.at += minute;
        await desk.importRow({ ...columns, email, expiresAt: '2027-01-01' });
      },
      notMeLives: true,
    },
    {
      name: 'the address was replaced, and put back',
      happen: async ({ columns, email, account }) => {
        await desk.importRow({ ...columns, email: `new-${account.id}@example.com` });
        desk.backend.clock.at += minute;
        await desk.importRow({ ...columns, email });
      },
      notMeLives: true,
    },
    { name: 'the account was frozen', happen: freeze, notMeLives: true },
    {
      name: 'another account of the person was frozen',
      happen: async ({ account }) => freezeLinked(account.id),
      notMeLives: true,
    },
    {
      name: 'the account was frozen and a later freeze lifted',
      happen: async (subject) => {
        await freeze(subject);
        await lift(subject);
      },
    },
    {
      name: 'the owner signed in',
      withPassword: true,
      happen: ({ account }) => browserOf(desk.backend.ask).signIn(account.userName, password),
      notMeLives: true,
    },
    {
      name: 'the owner changed the password',
      withPassword: true,
      // A sign-in after the link would end it as well.
      signedInBefore: true,
      happen: async (_subject, browser) => {
        await browser.go('POST', '/change-password', {
          current: password,
          password: 'Third+Harbour8',
          repeated: 'Third+Harbour8',
        });
      },
      notMeLives: true,
    },
    {
      name: 'the help desk reset the password',
      happen: async ({ account }) => {
        await otto.prove();
        const view = await otto.openCase(account.userName);
        desk.backend.clock.at += minute;
        const started = await otto.startCode(view.id);
        await otto.readBack(started.body.case, await desk.lastCode());
        const grant = await otto.mint(view.id, 'temporary-password');
        await otto.reset(view.id, grant.body.id, 'temporary-password', `reset-of-${account.id}`);
      },
      notMeLives: true,
    },
    {
      name: 'the help desk sent a newer link',
      happen: async ({ account, email }) => {
        await otto.prove();
        const view = await otto.openCase(account.userName);
        desk.backend.clock.at += minute;
        const started = await otto.startCode(view.id);
        await otto.readBack(started.body.case, await desk.lastCode());
        const grant = await otto.mint(view.id, 'reset-link');
        await otto.reset(view.id, grant.body.id, 'reset-link', `newer-link-of-${account.id}`);
        await resetToken(email);
      },
      notMeLives: true,
    },
    {
      name: 'a newer link was requested',
      happen: async ({ email }) => {
        desk.backend.clock.at += minute;
        await forgot(email);
        await resetToken(email);
      },
      notMeLives: true,
    },
  ];

  beforeAll(async () => {
    desk = await startStaffedDesk();
    olga = await desk.hire('olga', 'Olga Operator', ['operator']);
    otto = await desk.hire('otto', 'Otto Operator', ['operator']);
    petra = await desk.hire('petra', 'Petra Approver', ['approver']);
    await desk.changePolicy(({ selfService, signIn }) => ({
      selfService: { ...selfService, perNetwork: 10_000, perAccount: 100 },
      signIn: { ...signIn, failures: 50 },
    }));
  }, 120_000);
  afterAll(() => desk.backend.stop());

  const table = events.flatMap((event) =>
    kinds.map((kind) => {
      const lives =
        kind === '"this was not me" link' ? event.notMeLives === true : event.resetLinkLives === true;
      return [kind, lives ? 'is good' : 'is dead', event.name, event, lives] as const;
    }),
  );
  it.each(table)(
    '%s %s after %s',
    async (kind, _is, _name, { withPassword, signedInBefore, happen }, lives) => {
      const subject = await next();
      const browser = browserOf(desk.backend.ask);
      if (withPassword === true) await chooseBy(subject);
      if (signedInBefore === true) await browser.signIn(subject.account.userName, password);
      const token = await issue(kind, subject);
      expect(await look(kind, token)).toBe(200);
      await desk.ann.prove();
      await happen(subject, browser);
      expect(await look(kind, token)).toBe(lives ? 200 : 410);
      expect((await use(kind, token)) < 400).toBe(lives);
    },
    90_000,
  );

  const ending = new Set([
    'the account was disabled',
    'the account expired',
    'the account was disabled, and enabled again',
    'the account expired, and was extended',
    'the account was frozen',
    'the account was frozen and a later freeze lifted',
    'the owner changed the password',
    'the help desk reset the password',
  ]);
  it.each(events.map((event) => [ending.has(event.name) ? 'ends' : 'lives on', event.name, event] as const))(
    "a user's session on the pages %s after %s",
    async (_what, name, { signedInBefore, happen }) => {
      const subject = await next();
      await chooseBy(subject);
      const browser = browserOf(desk.backend.ask);
      await browser.signIn(subject.account.userName, password);
      expect((await browser.go('GET', '/account/contact')).status).toBe(200);
      await desk.ann.prove();
      const elsewhere = browserOf(desk.backend.ask);
      if (signedInBefore === true) await elsewhere.signIn(subject.account.userName, password);
      await happen(subject, elsewhere);
      expect((await browser.go('GET', '/account/contact')).status).toBe(ending.has(name) ? 303 : 200);
    },
    90_000,
  );

  it.each(kinds)(
    '%s is used once by two presses at once',
    async (kind) => {
      const subject = await next();
      const token = await issue(kind, subject);
      const statuses = await Promise.all([use(kind, token), use(kind, token), use(kind, token)]);
      const used = (await desk.backend.readAudit()).filter(
        ({ action, account_id }) =>
          account_id === subject.account.id && ['reset-link.used', 'account.frozen'].includes(action),
      );
      expect(used).toHaveLength(1);
      // A pressed "This was not me" reports three times that the account is frozen.
      expect(statuses.filter((status) => status < 400)).toHaveLength(
        kind === '"this was not me" link' ? 3 : 1,
      );
    },
    90_000,
  );

  it('is not sent to a person with another account that is frozen', async () => {
    const subject = await next();
    await freezeLinked(subject.account.id);
    desk.backend.clock.at += minute;
    await forgot(subject.email);
    const answers = async () =>
      (await desk.backend.readAudit())
        .filter(
          ({ action, account_id }) =>
            action === 'self-service.link-requested' && account_id === subject.account.id,
        )
        .map(({ facts }) => (JSON.parse(facts) as { answer: string }).answer);
    await expect.poll(answers).toEqual(['linked-frozen']);
  });

  it('to a former address still freezes when it told that the address was replaced', async () => {
    const subject = await next();
    await desk.importRow({ ...subject.columns, email: `new-${subject.account.id}@example.com` });
    const told = await linkTo(subject.email, /\/not-me\/([\w-]+)/);
    desk.backend.clock.at += minute;
    await desk.importRow({ ...subject.columns, email: `newer-${subject.account.id}@example.com` });
    expect(await use('"this was not me" link', told)).toBeLessThan(400);
    const { body } = await desk.ann.call<AccountView>('GET', `/accounts/${subject.account.id}`);
    expect(body.frozen).not.toBeNull();
  }, 90_000);

  it.each([
    ['forgot-password link', day],
    ["help desk's link", day],
    ['"this was not me" link', 30 * day],
  ] as const)(
    '%s is dead after its time',
    async (kind, life) => {
      const subject = await next();
      const token = await issue(kind, subject);
      await desk.backend.changeRows(async (db) => {
        for (const links of ['reset_links', 'self_service_links', 'not_me_links'] as const)
          await db
            .updateTable(links)
            .set((row) => ({
              created_at: row('created_at', '-', life),
              expires_at: row('expires_at', '-', life),
            }))
            .where('account_id', '=', subject.account.id)
            .execute();
      });
      expect(await look(kind, token)).toBe(410);
      expect(await use(kind, token)).toBe(410);
    },
    90_000,
  );
});
