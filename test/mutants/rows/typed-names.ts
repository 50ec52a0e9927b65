import type { MutantArea } from '../mutant.ts';

const schemas = ['shared/api/typed-text.test.ts'];
const api = ['test/api/operators/look-alike-names.test.ts'];
const file = 'shared/api/typed-text.ts';

export const rows: MutantArea = {
  area: 'typed names',
  mutants: [
    {
      id: 'typed-invisible',
      rule: 'Invisible characters do not stay in a line.',
      file,
      find: "? found\n      : '',",
      replace: '? found\n      : found,',
      tests: schemas,
    },
    {
      id: 'typed-note-overrides',
      rule: 'A note keeps no character that reverses what follows.',
      file,
      find: '\\uFEFF\\u202A-\\u202E',
      replace: '\\uFEFF',
      tests: schemas,
    },
    {
      id: 'typed-mixed',
      rule: 'A word of a name does not mix alphabets that look alike.',
      file,
      find: "return mixesAlphabets(text) ? 'mixed' : null;",
      replace: 'return null;',
      tests: schemas,
    },
    {
      id: 'typed-joiner',
      rule: 'A joiner stays where it changes the spelling.',
      file,
      find: '(found === joiner || found === nonJoiner) &&',
      replace: 'found === joiner &&',
      tests: schemas,
    },
    {
      id: 'typed-field',
      rule: 'Every text of a request body is read as a typed text.',
      file: 'shared/api/flag.ts',
      find: 'typedNote(limits.note).min(3)',
      replace: 'z.string().trim().max(limits.note).min(3)',
      tests: schemas,
    },
    {
      id: 'typed-invitation',
      rule: 'An invitation gives no operator a name that looks like another one.',
      file: 'backend/operators/insert-invited.ts',
      find: '  await assertDistinctNames(tx, operator);',
      replace: '',
      tests: api,
    },
    {
      id: 'typed-edit',
      rule: 'An edit gives no operator a name that looks like another one.',
      file: 'backend/operators/edit-operator.ts',
      find: 'if (values.display_name !== undefined) await assertDistinctNames',
      replace: 'if (values.user_name !== undefined) await assertDistinctNames',
      tests: api,
    },
    {
      id: 'typed-provider',
      rule: 'The identity provider gives no operator a name that looks like another one.',
      file: 'backend/operators/provider/match-operator.ts',
      find: '|| (await hasConfusableName(tx, operator))',
      replace: '',
      tests: api,
    },
    {
      id: 'typed-claims',
      rule: 'Claims are read without invisible characters.',
      file: 'backend/operators/provider/read-claims.ts',
      find: 'withoutInvisible(value)',
      replace: 'value',
      tests: api,
    },
  ],
};
