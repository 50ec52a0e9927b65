import type { MutantArea } from '../mutant.ts';

const tests = ['test/api/accounts/search-probing.test.ts'];
const bounds = 'backend/accounts/search/contact-bounds.ts';
const probes = 'backend/accounts/search/contact-probes.ts';

export const rows: MutantArea = {
  area: 'search probing',
  mutants: [
    {
      id: 'probing-local-part',
      rule: 'An address is found by its whole local part.',
      file: bounds,
      find: "key.includes('@') ? key : `${key}@`",
      replace: 'key',
      tests,
    },
    {
      id: 'probing-beginnings',
      rule: 'A beginning of a phone number finds nothing.',
      file: bounds,
      find: '...(isEnd && { phone_reversed',
      replace: 'phone_digits: phone === null ? [] : [phone.digits], ...(isEnd && { phone_reversed',
      tests,
      equivalent: '`isWithinBounds` refuses every account whose number only begins with the typed digits.',
    },
    {
      id: 'probing-ends',
      rule: 'An end of a phone number that is longer than the mask shows is as long as a number.',
      file: bounds,
      find: 'phone.national.length <= maxShortEnd || phone.national.length >= minLongEnd',
      replace: 'phone.national.length > 0',
      tests,
    },
    {
      id: 'probing-recorded',
      rule: 'Guessing contact data by searching is recorded.',
      file: probes,
      find: 'if (found.count < recordedFrom) return;',
      replace: 'if (found.count >= 0) return;',
      tests,
    },
    {
      id: 'probing-refused',
      rule: 'Too many guesses are refused until the window ends.',
      file: probes,
      find: 'found.count < refusedFrom ||',
      replace: 'found.count < Infinity ||',
      tests,
    },
    {
      id: 'probing-typing',
      rule: 'Typing a number key by key is no guess.',
      file: probes,
      find: 'if (text.length !== other.length) return false;',
      replace: 'if (text.length !== other.length) return true;',
      tests: ['backend/accounts/search/contact-probes.test.ts'],
    },
  ],
};
