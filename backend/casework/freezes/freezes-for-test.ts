import { everyAccount, type OperatorScope } from '../../../shared/api/operator.ts';
import { createExpiringMap } from '../../../shared/expiring-map/expiring-map.ts';
import type { Secret } from '../../../shared/secret/secret.ts';
import { openForTest, operator as origin } from '../../accounts/open-for-test.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { createBuiltInDirectory } from '../../directories/built-in/built-in-directory.ts';
import { approverSession, staffRow } from '../../drill/invented-staff.ts';
import { createKeyedHash } from '../../store/keyed-hash.ts';
import { createFreezes } from './freezes.ts';

const day = 24 * 3_600_000;
const mapping = {
  encoding: 'utf-8',
  delimiter: ',',
  header: false,
  columns: { userName: 0, displayName: 1, email: 2, department: 3 },
} as const;
const from = { clientAddress: null, client: null };

/** Freezes by “This was not me”, of a desk with the accounts of Marlene and Bo, and an operator who owns Marlene's. */
export async function openFreezesForTest() {
  const desk = await openForTest();
  const told: string[] = [];
  const keyed = createKeyedHash(Buffer.alloc(32, 7));
  const directory = createBuiltInDirectory(desk);
  const secrets = createExpiringMap<Secret>(desk.now);
  await desk.importCsv(
    'm.okafor,Marlene Okafor,marlene@example.com,Support\nb.two,Bo Two,bo@example.com,Sales',
    mapping,
  );
  const [bo = '', marlene = ''] = (
    await desk.store.db.selectFrom('accounts').select('id').orderBy('user_name').execute()
  ).map(({ id }) => id);
  await desk.store.writeUnaudited((tx) =>
    tx
      .insertInto('operators')
      .values([
        ...['ann', 'olga'].map((id) => staffRow({ id, displayName: id }, 0)),
        {
          ...staffRow({ id: 'owner', displayName: 'Marlene as an operator' }, 0),
          linked_account_id: marlene,
        },
      ])
      .execute(),
  );
  const freezes = createFreezes({
    ...desk,
    directory,
    keyed,
    secrets,
    notifications: {
      accountFrozen: async () => void told.push('frozen'),
      accountUnfrozen: async () => void told.push('unfrozen'),
    } as never,
    live: { publish: () => undefined } as never,
  });
  const session = (id: string, scope: OperatorScope = everyAccount): OperatorSession => {
    const proved = approverSession(desk.clock.at);
    return { ...proved, operator: { ...proved.operator, id, displayName: id, scope } };
  };
  const openCase = (id: string, operatorId: string, row: { state?: string; at?: number } = {}) =>
    desk.store.writeUnaudited((tx) =>
      tx
        .insertInto('cases')
        .values({
          id,
          account_id: marlene,
          operator_id: operatorId,
          session_id: 's',
          ticket: null,
          reason: null,
          state: row.state ?? 'closed',
          opened_at: row.at ?? 0,
          last_activity_at: row.at ?? 0,
          ended_at: null,
          refusal_reason: null,
          refusal_note: null,
        })
        .execute(),
    );
  /** Sends Marlene a mail with a link about a case. */
  const mail = (
    token: string,
    { to = 'marlene@example.com', former = false, about = null as string | null } = {},
  ) =>
    desk.store.writeUnaudited(async (tx) => {
      await tx
        .insertInto('mails')
        .values({
          id: `mail of ${token}`,
          kind: 'code',
          to_address: to,
          subject: 'Your code',
          account_id: marlene,
          case_id: about,
          state: 'accepted',
          queued_at: desk.now(),
          settled_at: null,
          answer: null,
          file: null,
          attempts: 1,
          next_attempt_at: null,
        })
        .execute();
      await tx
        .insertInto('not_me_links')
        .values({
          id: token,
          token_hash: keyed.hash('not-me', token),
          account_id: marlene,
          mail_id: `mail of ${token}`,
          created_at: desk.now(),
          expires_at: desk.now() + 7 * day,
          used_at: null,
          to_former: former ? 1 : 0,
        })
        .execute();
    });
  const freeze = async (token: string) => (await freezes.freezeByOwner(token, from)).kind;
  const look = async (token: string) => (await freezes.look(token)).kind;
  const lift = (by: string, accountId = marlene) =>
    freezes.lift(accountId, 'Talked to her', session(by), origin);
  const isFrozen = async () => (await directory.get(marlene))?.account.frozen_at != null;
  const lastEvent = () =>
    desk.store.db
      .selectFrom('audit_events')
      .select(['action', 'outcome', 'account_id'])
      .orderBy('seq', 'desc')
      .executeTakeFirst();
  return {
    desk,
    freezes,
    directory,
    secrets,
    /** The mails to the owner: frozen, unfrozen. */
    told,
    marlene,
    bo,
    session,
    openCase,
    mail,
    freeze,
    look,
    lift,
    isFrozen,
    lastEvent,
  };
}
