import { foldedWords } from '../../text/fold.ts';
import { squash } from '../../text/squash.ts';

/** What is known about a person besides the ids of the source. */
export interface PersonFacts {
  readonly userNameKey: string;
  readonly displayName: string;
  readonly emailKey: string | null;
  readonly phoneDigits: string | null;
  readonly employeeNumberKey: string | null;
}

const wordsOf = (name: string): string[] => foldedWords(name).map(({ word }) => word);
const beforeAt = (address: string): string =>
  address.includes('@') ? address.slice(0, address.lastIndexOf('@')) : address;
const areEqual = (one: string | null, other: string | null): boolean => one !== null && one === other;

/** Whether two words differ by one letter inside, as a corrected spelling does: Meier and Meyer, but not Maria and Mario. */
function isCorrection(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short.length < 4 || long.length < 5 || long.length - short.length > 1) return false;
  if (short.at(0) !== long.at(0) || short.at(-1) !== long.at(-1)) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  return short.slice(short.length === long.length ? at + 1 : at) === long.slice(at + 1);
}

/** Whether two words of names can be one: equal, a corrected spelling, or a word and its initial. */
const canBeOne = (one: string, other: string): boolean =>
  one === other ||
  isCorrection(one, other) ||
  (one.length === 1 && other.startsWith(one)) ||
  (other.length === 1 && one.startsWith(other));

/** Whether one name can be the other, written with more or fewer words. */
function canBeOneName(one: readonly string[], other: readonly string[]): boolean {
  const [few, many] = one.length <= other.length ? [one, other] : [other, one];
  const left = [...many];
  return few.every((word) => {
    const at = left.findIndex((candidate) => canBeOne(word, candidate));
    if (at !== -1) left.splice(at, 1);
    return at !== -1;
  });
}

/**
 * Whether nothing but the user name suggests that two descriptions are of one person. What the user name is made of proves nothing: the next R. Smith
 * gets `rsmith` and `rsmith@example.com` as well.
 */
export function haveNothingInCommon(one: PersonFacts, other: PersonFacts): boolean {
  if (areEqual(one.employeeNumberKey, other.employeeNumberKey)) return false;
  const [words, others] = [wordsOf(one.displayName), wordsOf(other.displayName)];
  if (canBeOneName(words, others)) return false;
  const userName = squash(beforeAt(other.userNameKey));
  const shared = words.filter((word) => others.includes(word));
  if (shared.some((word) => word.length > 1 && !userName.includes(word))) return false;
  if (areEqual(one.phoneDigits, other.phoneDigits) && shared.length > 0) return false;
  return !(areEqual(one.emailKey, other.emailKey) && squash(beforeAt(one.emailKey ?? '')) !== userName);
}
