import {
  array,
  assert,
  asyncProperty,
  boolean,
  constantFrom,
  nat,
  oneof,
  record,
  shuffledSubarray,
  type Arbitrary,
} from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ImportMapping } from '../../../shared/api/import-file.ts';
import { everyAccount } from '../../../shared/api/operator.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { approverSession, staffRow } from '../../drill/invented-staff.ts';
import { Refusal } from '../../refusal.ts';
import { dialectOf } from '../../store/dialect.ts';
import { openForTest, operator } from '../open-for-test.ts';
import { createHeldRows } from './held-rows.ts';

const mapping: ImportMapping = {
  encoding: 'utf-8',
  delimiter: ',',
  header: false,
  columns: { id: 0, userName: 1, displayName: 2, email: 3, employeeNumber: 4, manager: 5, status: 6 },
};
const row = record({
  id: constantFrom('', '1', '2', '3', '4'),
  userName: constantFrom('ann', 'bo', 'cy', 'dee'),
  displayName: constantFrom('Ann One', 'Bo Two', 'Cy Three'),
  email: constantFrom('', 'a', 'b', 'c'),
  employeeNumber: constantFrom('', 'n1', 'n2', 'n3'),
  manager: constantFrom('', 'ann', 'cy'),
  status: constantFrom('active', 'active', 'disabled'),
});
type Row = Readonly<
  Record<'id' | 'userName' | 'displayName' | 'email' | 'employeeNumber' | 'manager' | 'status', string>
>;
/** Four people with ids and numbers, or some of them, who have given their user names to each other. */
const swapped = shuffledSubarray(['ann', 'bo', 'cy', 'dee'], { minLength: 2 }).map((names) =>
  names.map((userName, at): Row => ({
    id: String(at + 1),
    userName,
    displayName: `Person ${at}`,
    email: '',
    employeeNumber: '',
    manager: '',
    status: 'active',
  })),
);
const step = oneof(
  {
    weight: 4,
    arbitrary: record({
      kind: constantFrom('import' as const),
      rows: oneof(array(row, { maxLength: 5 }), swapped),
      complete: boolean(),
      source: constantFrom('hr', 'hr', 'erp'),
    }),
  },
  { weight: 2, arbitrary: record({ kind: constantFrom('undo' as const), back: nat(2) }) },
  {
    weight: 2,
    arbitrary: record({
      kind: constantFrom('decide' as const),
      which: nat(3),
      decision: constantFrom('same-person' as const, 'new-person' as const, 'drop' as const),
    }),
  },
);

let desk: Awaited<ReturnType<typeof openForTest>>;
let held: ReturnType<typeof createHeldRows>;
beforeAll(async () => {
  desk = await openForTest();
  held = createHeldRows({
    ...desk,
    contactsChanged: () => Promise.resolve(),
    endAccess: () => Promise.resolve(),
  });
  await desk.store.writeUnaudited((tx) =>
    tx
      .insertInto('operators')
      .values(staffRow({ id: 'op-9', displayName: 'Op' }, 0))
      .execute(),
  );
});
afterAll(() => desk.close());

const session = (): OperatorSession => {
  const proved = approverSession(desk.clock.at);
  return { ...proved, operator: { ...proved.operator, id: 'op-9', displayName: 'Op', scope: everyAccount } };
};
/** The columns that an undo restores. */
const columns = [
  ...([
    'id',
    'user_name',
    'display_name',
    'email',
    'employee_number',
    'manager',
    'disabled',
    'closed_at',
  ] as const),
  ...(['source_id', 'source_id_key', 'local_password', 'expires_at', 'tier'] as const),
];

let runs = 0;
/** People of their own, so that all runs can use one desk. */
function people() {
  runs += 1;
  const of = (name: string) => (name === '' ? '' : `${name}x${runs}`);
  const sources = ['hr', 'erp'].map((name) => `${name} ${runs}`);
  const accounts = () =>
    desk.store.db
      .selectFrom('accounts')
      .select(columns)
      .where('source', 'in', sources)
      .orderBy('row_id')
      .execute();
  return {
    accounts,
    csv: (rows: readonly Row[]) =>
      rows
        .map((each) =>
          [
            of(each.id),
            of(each.userName),
            each.displayName,
            each.email === '' ? '' : `${of(each.email)}@example.com`,
            of(each.employeeNumber),
            of(each.manager),
            each.status,
          ].join(','),
        )
        .join('\n'),
    more: ({ source, complete }: { source: string; complete: boolean }) => ({
      source: `${source} ${runs}`,
      complete,
    }),
    held: () =>
      desk.store.db
        .selectFrom('held_rows')
        .select('id')
        .where('source', 'in', sources)
        .where('state', '=', 'open')
        .orderBy('row_key')
        .execute(),
  };
}

/** What a run has done so far. */
interface Course {
  readonly own: ReturnType<typeof people>;
  readonly undoable: string[];
  /** The last import, unless something has happened since, with the accounts before it. */
  last: { id: string; before: Awaited<ReturnType<Course['own']['accounts']>>; applied: number } | null;
}
type Step = typeof step extends Arbitrary<infer S> ? S : never;

async function importRows(course: Course, { rows, ...more }: Extract<Step, { kind: 'import' }>) {
  const { own, undoable } = course;
  const before = await own.accounts();
  const view = await desk.importCsv(own.csv(rows), mapping, undefined, own.more(more));
  const { created, changed, unchanged, held: waiting, refused, closed } = view;
  expect([view.state, view.failure]).toEqual(['finished', null]);
  expect([view.rows, created + changed + unchanged + waiting + refused]).toEqual([rows.length, rows.length]);
  if (view.undoUntil !== null) undoable.push(view.id);
  course.last = { id: view.id, before, applied: created + changed + closed };
}

async function undoOne(course: Course, { back }: Extract<Step, { kind: 'undo' }>) {
  const { own, undoable, last } = course;
  const [id] = undoable.splice(Math.max(0, undoable.length - 1 - back), 1);
  if (id === undefined) return;
  const { state, undone } = await desk.imports.undo(id, operator);
  expect(state).toBe('undone');
  course.last = null;
  if (id !== last?.id) return;
  expect(undone).toEqual({ restored: last.applied, kept: 0 });
  const ids = new Set(last.before.map((account) => account.id));
  expect((await own.accounts()).filter((account) => ids.has(account.id))).toEqual(last.before);
}

async function decideOne(course: Course, { which, decision }: Extract<Step, { kind: 'decide' }>) {
  const open = await course.own.held();
  const chosen = open[which % Math.max(1, open.length)];
  if (chosen === undefined) return;
  course.last = null;
  await held.decide(chosen.id, decision, 'As told by phone', session(), operator).catch((thrown: unknown) => {
    if (!(thrown instanceof Refusal)) throw thrown;
  });
}

it('imports in turn never fail, count every row, and are undone as they say', async () => {
  await assert(
    asyncProperty(array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
      const course: Course = { own: people(), undoable: [], last: null };
      for (const each of steps) {
        desk.clock.at += 1000;
        if (each.kind === 'import') await importRows(course, each);
        else if (each.kind === 'undo') await undoOne(course, each);
        else await decideOne(course, each);
      }
      const names = (await course.own.accounts()).map((account) => account.user_name);
      expect(names).toEqual([...new Set(names)]);
    }),
    { numRuns: dialectOf(desk.store.db) === 'postgresql' ? 15 : 80 },
  );
});

/** Cells that other programs leave behind, that databases refuse, and whose shortened form ends in the middle of a character. */
const odd = [
  ...' |\0|\u0001|\u0085|\u200B|\u202E|\uFFFD|\uE000|\u{1F600}|\u0301|ann|\uFF21nn|ß|\uFB01|İ|@|.|example.com|1e5|null|n/a|&amp;|&#55357;|#NAME?|='.split(
    '|',
  ),
  '',
  '\n',
  '"',
  `${'x'.repeat(59)}\u{1F600}`,
  'x'.repeat(130),
  '\uFDFA'.repeat(100),
  'é'.repeat(1100),
  Array.from({ length: 990 }, (_none, at) => String.fromCodePoint(0x4e00 + ((at * at * 7919) % 20_000))).join(
    '',
  ),
];
const cell = array(constantFrom(...odd), { maxLength: 3 }).map((parts) => parts.join(''));

it('a file with any cells is applied, row by row', async () => {
  await assert(
    asyncProperty(array(array(cell, { minLength: 7, maxLength: 7 }), { maxLength: 4 }), async (rows) => {
      runs += 1;
      desk.clock.at += 1000;
      const all = [...rows, ['', `sound${runs}`, 'Sound One', '', '', '', '']];
      const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const csv = all.map((cells) => cells.map(quoted).join(',')).join('\n');
      const view = await desk.importCsv(csv, mapping, undefined, { source: `odd ${runs}` });
      expect(view.failure).toBeNull();
      expect(view.state).toBe('finished');
      const accounts = desk.store.db
        .selectFrom('accounts')
        .select('id')
        .where('user_name', '=', `sound${runs}`);
      expect(await accounts.execute()).toHaveLength(1);
      await desk.imports.refusals(view.id, 0, 10);
    }),
    { numRuns: dialectOf(desk.store.db) === 'postgresql' ? 25 : 80 },
  );
});
