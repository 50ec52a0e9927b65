import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSqlite } from '../../store/open-sqlite.ts';
import { createStore, type Store } from '../../store/store.ts';
import { settleUnknownTexts } from './settle-unknown-texts.ts';

const minute = 60_000;
let store: Store;
let at = 10 * minute;
const now = () => at;

beforeEach(async () => {
  at = 10 * minute;
  store = createStore(await openSqlite(':memory:'), now);
  await store.writeUnaudited((tx) =>
    tx
      .insertInto('text_messages')
      .values(
        (['sending', 'accepted'] as const).map((state) => ({
          id: state,
          kind: 'code',
          to_number: '+49 555 0100 318',
          account_id: null,
          case_id: null,
          state,
          queued_at: at,
          settled_at: null,
          answer: null,
          file: null,
        })),
      )
      .execute(),
  );
});
afterEach(() => store.close());

const rows = () => store.db.selectFrom('text_messages').selectAll().orderBy('id').execute();

it('leaves a text alone whose attempt may be under way', async () => {
  at += minute - 1;
  await settleUnknownTexts(store, now);
  expect((await rows()).map(({ state }) => state)).toEqual(['accepted', 'sending']);
});

it('says once of a text whose outcome was lost that it is not known', async () => {
  at += minute;
  await settleUnknownTexts(store, now);
  await settleUnknownTexts(store, now);
  const [accepted, lost] = await rows();
  expect(accepted).toMatchObject({ state: 'accepted', answer: null });
  expect(lost).toMatchObject({ state: 'failed', settled_at: at });
  expect(lost?.answer).toContain('It is not known whether the gateway accepted this text');
  const events = await store.db.selectFrom('audit_events').select(['action', 'facts']).execute();
  expect(events).toEqual([
    { action: 'text.failed', facts: expect.stringContaining('outcome-unknown') as string },
  ]);
});
