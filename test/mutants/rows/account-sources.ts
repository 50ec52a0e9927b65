import type { MutantArea } from '../mutant.ts';

const tokens = ['test/api/scim/source-tokens.test.ts'];
const users = ['test/api/scim/users.test.ts'];
const identity = ['test/api/scim/identity.test.ts'];
const files = ['test/api/scim/file-feed.test.ts'];

export const rows: MutantArea = {
  area: 'account-sources',
  mutants: [
    {
      id: 'scim-beside-import',
      rule: 'No user is written while an import is applied.',
      file: 'backend/accounts/scim/users/write-user.ts',
      find: 'if (running !== undefined) throw importError();',
      replace: '',
      tests: ['test/api/scim/beside-imports.test.ts'],
    },
    {
      id: 'scim-makes-stale',
      rule: 'A plan is not applied over what was written by SCIM since.',
      file: 'backend/accounts/import/confirm-import.ts',
      find: "if (await isOverlapped(tx, row)) throw new Refusal('import.stale');",
      replace: '',
      tests: ['test/api/scim/beside-imports.test.ts'],
    },
    {
      id: 'scim-brake-mail',
      rule: 'Administrators are mailed when many changes begin to wait.',
      file: 'backend/accounts/scim/users/apply-user.ts',
      find: '    await changesHeld(tx, by.source);\n',
      replace: '',
      tests: ['test/api/scim/beside-imports.test.ts'],
    },
    {
      id: 'sources-token-ends',
      rule: 'A token of a source is good until it expires or is revoked.',
      file: 'backend/accounts/sources/source-tokens.ts',
      find: "if (!token || stateOf(token, now()) !== 'in-use') return null;",
      replace: 'if (!token) return null;',
      tests: tokens,
    },
    {
      id: 'sources-token-of-another',
      rule: 'A token opens the address of its own source alone.',
      file: 'backend/accounts/sources/source-tokens.ts',
      find: ".where('hash', '=', keyed.hash('source-token', value))\n        .where('source_id', '=', sourceId)",
      replace: ".where('hash', '=', keyed.hash('source-token', value))",
      tests: tokens,
    },
    {
      id: 'sources-token-not-yours',
      rule: 'A token is shown to the administrator who asked for it alone.',
      file: 'backend/accounts/sources/source-tokens.ts',
      find: "if (token.created_by !== operator.id) throw new Refusal('source-token.not-yours');",
      replace: '',
      tests: tokens,
    },
    {
      id: 'sources-version',
      rule: 'A change that names an older version is refused.',
      file: 'backend/accounts/scim/users/write-user.ts',
      find: 'if (!wanted.includes(plain(versionOf(row))))',
      replace: 'if (wanted.length === 0)',
      tests: users,
    },
    {
      id: 'sources-closed',
      rule: 'A user that is removed has its account closed.',
      file: 'backend/accounts/scim/users/write-user.ts',
      find: 'const isKeptHere = (await directoryOf(tx, id)) === null;',
      replace: 'const isKeptHere = (await directoryOf(tx, id)) !== null;',
      tests: users,
    },
    {
      id: 'sources-fields',
      rule: 'A source writes the fields that it sends, or sent before, alone.',
      file: 'backend/accounts/scim/users/staged-user.ts',
      find: ': values.length > 0',
      replace: ': values.length >= 0',
      tests: identity,
    },
    {
      id: 'sources-brake',
      rule: 'Changes that wait because they were too many wait until they are decided about.',
      file: 'backend/accounts/sources/source-brake.ts',
      find: "if (since !== null) return 'held';",
      replace: '',
      tests: identity,
    },
    {
      id: 'sources-file-links',
      rule: 'A link in the folder of a source is not followed.',
      file: 'backend/accounts/file-feeds/drop-folder.ts',
      find: 'stats?.isFile() !== true ||',
      replace: 'stats === null ||',
      tests: files,
    },
    {
      id: 'sources-file-once',
      rule: 'A file is read once.',
      file: 'backend/accounts/file-feeds/file-feeds.ts',
      find: ".where('digest', '=', digest)",
      replace: ".where('file_name', '=', digest)",
      tests: files,
    },
    {
      id: 'sources-file-mass',
      rule: 'A file that would change very many accounts waits for an administrator.',
      file: 'backend/accounts/file-feeds/read-file.ts',
      find: "if (read.massChanges.length > 0) return { kind: 'waiting', import: read };",
      replace: '',
      tests: files,
    },
  ],
};
