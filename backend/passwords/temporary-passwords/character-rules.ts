/** The numbers of characters of each kind that a password must have at least. */
export type LeastCharacters = Readonly<Record<'upper' | 'lower' | 'digits' | 'signs', number>>;

/** The rules of an external directory about the characters of a password. Each is absent if there is no such rule. */
export interface CharacterRules {
  /** The maximum length. */
  readonly longest?: number;
  readonly least?: LeastCharacters;
  /** How often a character may occur in a row. */
  readonly maxRepeats?: number;
  /** How many characters in a row may follow each other upwards or downwards in ASCII, such as `abc` or `321`. */
  readonly maxSequence?: number;
  /** How many characters of one kind may occur in a row: capitals, lower-case letters, digits, and all others. */
  readonly maxSameKind?: number;
  /** Texts that a password must not contain, in any case. */
  readonly absent?: readonly string[];
}

/** The length of the longest run of neighbours that `continues` accepts. */
function longestRun(text: string, continues: (former: string, next: string) => boolean): number {
  let longest = Math.min(1, text.length);
  for (let at = 1, run = 1; at < text.length; at += 1) {
    run = continues(text.charAt(at - 1), text.charAt(at)) ? run + 1 : 1;
    longest = Math.max(longest, run);
  }
  return longest;
}

const longestSequence = (text: string): number =>
  Math.max(
    ...[1, -1].map((step) =>
      longestRun(text, (former, next) => next.charCodeAt(0) - former.charCodeAt(0) === step),
    ),
  );

const kinds = [/[A-Z]/, /[a-z]/, /\d/];
const kindOf = (character: string): number => kinds.findIndex((kind) => kind.test(character));

/** Whether a password of ASCII characters keeps the rules, apart from the least number of each kind. */
export function keepsRules(
  password: string,
  { longest, maxRepeats, maxSequence, maxSameKind, absent = [] }: CharacterRules,
): boolean {
  const folded = password.toLowerCase();
  return (
    password.length <= (longest ?? Infinity) &&
    longestRun(password, (former, next) => former === next) <= (maxRepeats ?? Infinity) &&
    longestSequence(password) <= (maxSequence ?? Infinity) &&
    longestRun(password, (former, next) => kindOf(former) === kindOf(next)) <= (maxSameKind ?? Infinity) &&
    !absent.some((text) => text !== '' && folded.includes(text.toLowerCase()))
  );
}
