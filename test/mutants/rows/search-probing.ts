import type { MutantArea } from '../mutant.ts';

const tests = ['test/api/accounts/search-probing.test.ts'];
const unit = ['backend/accounts/search/contact-probes.test.ts'];
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
      find: 'if (!isOften) return;',
      replace: 'if (isOften || !isOften) return;',
      tests,
    },
    {
      id: 'probing-refused',
      rule: 'Too many guesses are refused until the window ends.',
      file: probes,
      find: 'found.variations < refusedFrom &&',
      replace: 'found.variations < Infinity &&',
      tests,
    },
    {
      id: 'probing-attempts',
      rule: 'Guesses that do not resemble each other are counted as well.',
      file: probes,
      find: 'return last !== null && isRising && !next.startsWith(last);',
      replace: 'return false;',
      tests: unit,
    },
    {
      id: 'probing-attempts-refused',
      rule: 'Too many of such guesses are refused until the window ends.',
      file: probes,
      find: 'found.attempts < attemptsRefusedFrom',
      replace: 'found.attempts < Infinity',
      tests: unit,
    },
    {
      id: 'probing-day',
      rule: 'Guesses are counted by the day as well.',
      file: probes,
      find: '(givenUp && countInDay(operatorId) >= recordedInDayFrom) ||',
      replace: '',
      tests: unit,
    },
    {
      id: 'probing-typing',
      rule: 'Typing a number key by key is no guess.',
      file: probes,
      find: 'if (text.length !== other.length) return false;',
      replace: 'if (text.length !== other.length) return true;',
      tests: unit,
    },
  ],
};
