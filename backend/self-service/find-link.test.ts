import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openForTest } from '../accounts/open-for-test.ts';
import { resetForTest } from '../credentials/own-changes/changes-for-test.ts';
import type { AccountRow } from '../directories/directory.ts';
import { createKeyedHash } from '../store/keyed-hash.ts';
import { createFindLink, type GoodLink } from './find-link.ts';

const [day, token] = [24 * 3_600_000, 'the token of the link'];
const mapping = {
  encoding: 'utf-8',
  delimiter: ',',
  header: false,
  columns: { userName: 0, displayName: 1, email: 2 },
} as const;

describe.each(['reset_links', 'self_service_links'] as const)(
  'a link to choose a password in %s',
  (table) => {
    let desk: Awaited<ReturnType<typeof openForTest>>;
    let find: ReturnType<typeof createFindLink>;
    let accountId: string;
    beforeEach(async () => {
      desk = await openForTest();
      await desk.importCsv('m.okafor,Marlene Okafor,marlene@example.com', mapping);
      const keyed = createKeyedHash(Buffer.alloc(32, 7));
      find = createFindLink({ ...desk, keyed });
      ({ id: accountId } = await desk.store.db.selectFrom('accounts').select('id').executeTakeFirstOrThrow());
      const at = desk.now();
      const of = { id: 'x', account_id: accountId };
      const link = {
        ...of,
        token_hash: keyed.hash('reset-link', token),
        created_at: at,
        expires_at: at + day,
        opened_at: null,
        used_at: null,
        voided_at: null,
      };
      await desk.store.writeUnaudited(async (tx) => {
        await tx
          .insertInto('mails')
          .values({
            ...of,
            kind: 'reset-link',
            to_address: 'marlene@example.com',
            subject: 'Your link',
            case_id: null,
            state: 'accepted',
            queued_at: at,
            settled_at: at,
            answer: null,
            file: null,
            attempts: 1,
            next_attempt_at: null,
          })
          .execute();
        if (table === 'self_service_links') {
          await tx
            .insertInto(table)
            .values({ ...link, mail_id: 'x' })
            .execute();
          return;
        }
        await tx
          .insertInto('cases')
          .values({
            ...of,
            operator_id: 'olga',
            session_id: 's',
            ticket: null,
            reason: null,
            state: 'open',
            opened_at: at,
            last_activity_at: at,
            ended_at: null,
            refusal_reason: null,
            refusal_note: null,
          })
          .execute();
        await tx
          .insertInto('grants')
          .values({
            ...of,
            case_id: 'x',
            operator_id: 'olga',
            session_id: 's',
            action: 'reset-link',
            policy_version: 1,
            minted_at: at,
            expires_at: at,
            spent_at: at,
            approval_id: null,
          })
          .execute();
        await tx
          .insertInto('resets')
          .values(resetForTest({ ...of, case_id: 'x', grant_id: 'x', action: 'reset-link', mail_id: 'x' }))
          .execute();
        await tx
          .insertInto('reset_links')
          .values({ ...link, reset_id: 'x' })
          .execute();
      });
    });
    afterEach(() => desk.close());

    const judge = async (typed = token) => {
      const found = await find(typed);
      return typeof found === 'string' ? found : 'good';
    };
    const good = async (): Promise<GoodLink> => {
      const found = await find(token);
      if (typeof found === 'string') throw new Error(`The link is ${found}`);
      return found;
    };
    const set = (change: { used_at?: number; voided_at?: number }) =>
      desk.store.writeUnaudited((tx) => tx.updateTable(table).set(change).where('id', '=', 'x').execute());
    const setAccount = (change: Partial<AccountRow>) =>
      desk.store.writeUnaudited((tx) =>
        tx.updateTable('accounts').set(change).where('id', '=', accountId).execute(),
      );
    const useUp = async (link: GoodLink) => {
      let isFirst = false;
      await desk.store.writeUnaudited(async (tx) => {
        isFirst = await link.useUp(tx);
      });
      return isFirst;
    };

    it('works for its account until it expires', async () => {
      expect(await good()).toMatchObject({ account: { user_name: 'm.okafor' }, expiresAt: desk.now() + day });
      desk.clock.at += day - 1;
      expect(await judge()).toBe('good');
      desk.clock.at += 1;
      expect(await judge()).toBe('expired');
    });
    it.each(['another token', '', token.toUpperCase()])('is not found by "%s"', async (typed) => {
      expect(await judge(typed)).toBe('unknown');
    });
    it.each([
      ['used', { used_at: 1 }],
      ['replaced', { voided_at: 1 }],
      ['used', { used_at: 1, voided_at: 1 }],
    ])('is %s', async (kind, change) => {
      await set(change);
      expect(await judge()).toBe(kind);
    });
    it.each<[string, Partial<AccountRow>]>([
      ['disabled', { disabled: 1 }],
      ['frozen', { frozen_at: 1 }],
      ['expired', { expires_at: Date.parse('2026-03-01T09:00:00Z') }],
      ['not started', { starts_at: Date.parse('2026-03-09T09:00:00Z') }],
      ['without a local password', { local_password: 0 }],
    ])('does not work while the account is %s', async (_status, change) => {
      await setAccount(change);
      expect(await judge()).toBe('unknown');
    });
    it.each<[string, Partial<AccountRow>, string]>([
      ['was replaced', { email: 'new@example.com', email_key: 'new@example.com' }, 'moved'],
      ['was removed', { email: null, email_key: null }, 'moved'],
      ['is the same', { display_name: 'Marlene Two' }, 'good'],
    ])('is judged by the address that it went to, which %s', async (_what, change, kind) => {
      await setAccount(change);
      expect(await judge()).toBe(kind);
    });

    it('is used once', async () => {
      const [first, second] = [await good(), await good()];
      expect([await useUp(first), await useUp(second)]).toEqual([true, false]);
      expect(await judge()).toBe('used');
    });
    it('is not used once it was voided', async () => {
      const link = await good();
      await set({ voided_at: 1 });
      expect(await useUp(link)).toBe(false);
    });
    it('is not used at the instant at which it expires', async () => {
      const link = await good();
      desk.clock.at += day;
      expect(await useUp(link)).toBe(false);
    });
    it('stays valid after it was fetched', async () => {
      const link = await good();
      expect(link.fetched).toBe(false);
      await desk.store.writeUnaudited((tx) => link.markFetched(tx));
      expect((await good()).fetched).toBe(true);
    });
    it('tells the reset of the help desk how it fared', async () => {
      const link = await good();
      expect(link.resetId).toBe(table === 'reset_links' ? 'x' : null);
      await desk.store.writeUnaudited((tx) => link.markFetched(tx));
      await useUp(link);
      const resets = await desk.store.db
        .selectFrom('resets')
        .select(['opened_at', 'used_at', 'password_set_at'])
        .execute();
      const at = desk.now();
      expect(resets).toEqual(
        table === 'reset_links' ? [{ opened_at: at, used_at: at, password_set_at: at }] : [],
      );
    });
  },
);
