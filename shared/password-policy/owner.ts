import { containsPiece, foldings } from './look-alikes.ts';

/** What is known of the password's owner, and therefore to whoever guesses. */
export interface Owner {
  readonly userName?: string | undefined;
  readonly displayName?: string | undefined;
  readonly email?: string | null | undefined;
}

type NameRule = 'contains-user-name' | 'contains-name' | 'contains-email';

/** The shortest piece that is looked for at all, and the shortest that counts in the middle of a word. */
const shortestPiece = 3;
const shortestWithin = 4;

const apart = /[\s.,;:'’_+\-/\\@()]+/u;

/** A name as a whole, squeezed together, and its pieces. Pieces of three characters only of a person's name, where they are names. */
function piecesOf(text: string, shortest: number): string[] {
  const parts = text.split(apart);
  return [text, parts.join(''), ...parts]
    .flatMap(foldings)
    .filter((piece) => [...piece].length >= shortest && /\p{L}/u.test(piece));
}

/** The rules about names that a password breaks. A piece that is in several names counts as a name of the person. */
export function nameRulesBroken(password: string, owner: Owner): NameRule[] {
  const seen = new Set<string>();
  const within = foldings(password);
  const has = (pieces: string[]): boolean => {
    const fresh = pieces.filter((piece) => !seen.has(piece));
    for (const piece of fresh) seen.add(piece);
    return fresh.some((piece) => within.some((text) => containsPiece(text, piece)));
  };
  const { userName = '', displayName = '' } = owner;
  const address = owner.email?.split('@')[0] ?? '';
  const name = has(piecesOf(displayName, shortestPiece));
  const user = has(piecesOf(userName, shortestWithin));
  const email = has(piecesOf(address, shortestWithin));
  return [
    ...(user ? (['contains-user-name'] as const) : []),
    ...(name ? (['contains-name'] as const) : []),
    ...(email ? (['contains-email'] as const) : []),
  ];
}
