import { addMissing } from '../../passwords/temporary-passwords/add-missing.ts';
import { keepsRules, type LeastCharacters } from '../../passwords/temporary-passwords/character-rules.ts';
import { drawBelow } from '../../passwords/temporary-passwords/draw-below.ts';
import { drawCharacters } from '../../passwords/temporary-passwords/groups.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import { DirectoryFault } from './directory-fault.ts';
import type { EffectivePolicy } from './effective-policy.ts';
import type { ExternalAccount } from './external-directory.ts';

/** Characters of an unknown password, about 200 bits. */
const wantedLength = 36;
/** Fewer characters, which unusual rules may require: one of each kind. */
const shortestLength = 4;
/** Draws of one length before a shorter one is tried. */
const drawsOfLength = 1000;
const none: LeastCharacters = { upper: 0, lower: 0, digits: 0, signs: 0 };

/**
 * A password that is stored nowhere, with every kind of character, and by the rules of the account's directory. Throws `password-refused` if they contradict
 * each other.
 */
export function unknownPassword({
  minLength,
  characters,
}: Pick<EffectivePolicy, 'characters' | 'minLength'>): Secret {
  const { longest = Infinity, least = none } = characters;
  const atLeast = minLength ?? 0;
  const first = Math.min(longest, Math.max(wantedLength, atLeast));
  // Nothing is drawn if the directory demands more characters than it allows.
  const last = longest < atLeast ? Infinity : shortestLength;
  for (let length = first; length >= last; length -= 1) {
    for (let drawn = 0; drawn < drawsOfLength; drawn += 1) {
      const value = addMissing(drawCharacters(length, drawBelow), least, { separator: '', drawBelow });
      if (value.length >= atLeast && keepsRules(value, characters)) return new Secret(value);
    }
  }
  throw new DirectoryFault('password-refused', { detail: 'rules-conflict' });
}

/**
 * Whether the password is still the temporary one that was set at `setAt`. If one of the times is unknown, a change that is still demanded proves
 * it, provided that the directory reports such demands (`tellsDemand`); otherwise the password may be the user's own.
 */
export function stateOfTemporary(
  { passwordSetAt, mustChange }: Pick<ExternalAccount, 'passwordSetAt' | 'mustChange'>,
  setAt: number | null,
  { tellsDemand }: { readonly tellsDemand: boolean },
): 'still' | 'changed-since' | 'unchecked' {
  if (setAt !== null && passwordSetAt !== null) return passwordSetAt === setAt ? 'still' : 'changed-since';
  if (!tellsDemand) return 'unchecked';
  return mustChange ? 'still' : 'changed-since';
}
