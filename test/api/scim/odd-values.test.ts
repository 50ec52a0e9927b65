import { array, assert, asyncProperty, constantFrom, oneof } from 'fast-check';
import { describe, expect } from 'vitest';
import { enterpriseUrn, entraUser, scimClient } from '../../backend/scim-client.ts';
import { sharedDeskTest } from '../../fixtures/api.ts';

const it = sharedDeskTest.extend('scim', { scope: 'file' }, ({ staffedDesk }) => scimClient(staffedDesk));

/** Text that no compression makes short enough for an index of PostgreSQL. */
const ideographs = (count: number): string =>
  Array.from({ length: count }, (_none, at) =>
    String.fromCodePoint(0x4e00 + ((at * at * 7919 + at * 31) % 20_000)),
  ).join('');
const parts = [
  ...' |\t|\n|\0|\u0085|\u200B|\u202E|\uFFFD|\uD800|\uDC00|\u{1F600}|\u0301|ann|ANN|\uFF21nn|ß|\uFB01|İ|@|.|example.com|1e5|null|n/a|&amp;|#NAME?|='.split(
    '|',
  ),
  '',
  ideographs(990),
  '\uFDFA'.repeat(100),
];
const text = array(constantFrom(...parts), { maxLength: 3 }).map((found) => found.join(''));
const value = oneof(
  { weight: 6, arbitrary: text },
  {
    weight: 1,
    arbitrary: constantFrom<unknown>(null, true, 4711, 1e300, [], {}, [null], [[]], { value: {} }),
  },
);

describe('a user with any values', () => {
  it('is written or refused with a reason', async ({ scim }) => {
    const { body } = await scim.create(entraUser('odd.values', 'Odd Values'));
    const isAnswered = ({ status, body: answer }: { status: number; body: unknown }) =>
      [200, 201, 204].includes(status) ||
      ([400, 409, 429].includes(status) && (answer as { status?: string }).status === String(status));
    await assert(
      asyncProperty(value, value, value, async (one, other, third) => {
        const user = {
          ...entraUser('odd.values', 'Odd Values'),
          userName: one,
          externalId: other,
          displayName: third,
          emails: [{ value: other, type: 'work' }, { value: third }],
          phoneNumbers: [{ value: one }],
          [enterpriseUrn]: {
            employeeNumber: third,
            department: other,
            manager: { value: one, displayName: other },
          },
        };
        const answers = [
          await scim.create(user),
          await scim.send('PUT', `/Users/${String(body.id)}`, { ...user, userName: 'odd.values' }),
          await scim.patch(
            String(body.id),
            { op: 'replace', path: 'externalId', value: one },
            { op: 'add', path: 'emails', value: [{ value: other }] },
            { op: 'replace', value: { displayName: third, 'name.givenName': one } },
          ),
        ];
        expect(answers.filter((answer) => !isAnswered(answer))).toEqual([]);
      }),
      {
        numRuns: 40,
        examples: [['odd.long', ideographs(990), 'Odd Long']],
      },
    );
  });
});
