import { containsPiece, foldings } from './look-alikes.ts';

/** What an attacker who guesses the password can know about its owner. */
export interface Owner {
  readonly userName?: string | undefined;
  readonly displayName?: string | undefined;
  readonly email?: string | null | undefined;
}

type NameRule = 'contains-user-name' | 'contains-name' | 'contains-email';

/** The minimum length of a piece of a display name, and of a piece of a user name or email address, in characters. */
const minNamePieceLength = 3;
const minUserNamePieceLength = 4;

const separators = /[\s.,;:'’_+\-/\\@()]+/u;

/** A name as a whole, without separators, and its parts, each of at least `minLength` characters and with a letter. */
function piecesOf(text: string, minLength: number): string[] {
  const parts = text.split(separators);
  return [text, parts.join(''), ...parts]
    .flatMap(foldings)
    .filter((piece) => [...piece].length >= minLength && /\p{L}/u.test(piece));
}

/** The rules about names that a password breaks. A piece that several names share counts for the display name only. */
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
  const name = has(piecesOf(displayName, minNamePieceLength));
  const user = has(piecesOf(userName, minUserNamePieceLength));
  const email = has(piecesOf(address, minUserNamePieceLength));
  return [
    ...(user ? (['contains-user-name'] as const) : []),
    ...(name ? (['contains-name'] as const) : []),
    ...(email ? (['contains-email'] as const) : []),
  ];
}
