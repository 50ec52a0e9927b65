import type { temporaryStyles } from '../../../shared/api/password-section.ts';
import { addMissing } from './add-missing.ts';
import { keepsRules, type CharacterRules, type LeastCharacters } from './character-rules.ts';
import type { DrawBelow } from './draw-below.ts';
import {
  bitsOfCharacters,
  bitsOfGroups,
  charactersFor,
  drawCharacters,
  drawGroups,
  groupsFor,
} from './groups.ts';
import { NoPasswordPossible } from './no-password-possible.ts';
import { bitsOfWords, drawWords, wordsFor } from './words.ts';

type Style = (typeof temporaryStyles)[number];

/** A form of passwords: words, groups of characters, or characters without separators. */
interface Form {
  /** How the console shows it. */
  readonly style: Style;
  /** The number of parts that reach a length and a strength in bits. */
  readonly partsFor: (shortest: number, bits: number) => number;
  readonly draw: (parts: number, drawBelow: DrawBelow) => string;
  readonly bitsOf: (parts: number) => number;
  readonly separator: string;
  /** The smallest share of its draws that must keep a directory's rules. */
  readonly leastShare: number;
}

const words: Form = {
  style: 'words',
  partsFor: wordsFor,
  draw: drawWords,
  bitsOf: bitsOfWords,
  separator: '-',
  leastShare: 1 / 4,
};
const groups: Form = {
  style: 'groups',
  partsFor: groupsFor,
  draw: drawGroups,
  bitsOf: bitsOfGroups,
  separator: '-',
  leastShare: 1 / 4,
};
/** Harder to dictate. Used only if a directory's rules leave no other choice. */
const characters: Form = {
  style: 'groups',
  partsFor: charactersFor,
  draw: drawCharacters,
  bitsOf: bitsOfCharacters,
  separator: '',
  leastShare: 1 / 50,
};

const formsOf: Readonly<Record<Style, readonly [Form, ...Form[]]>> = {
  words: [words, groups, characters],
  groups: [groups, characters],
};

/** How the passwords of one reset are drawn. */
export interface DrawingPlan {
  readonly style: Style;
  readonly bits: number;
  /** Draws a password, which may still break the rules. */
  readonly draw: () => string;
}

/** How many draws estimate the share of passwords that keep a directory's rules. If none of the first `few` keeps them, no more are made. */
interface Trials {
  readonly few: number;
  readonly all: number;
}
/** The first estimate decides nearly always. Where it leaves no form, which may be by chance, the second one is made. */
const estimates: readonly Trials[] = [
  { few: 16, all: 64 },
  { few: 300, all: 1000 },
];
/** Parts added at most to make up for draws that break a directory's rules. */
const mostAdded = 3;
const none: LeastCharacters = { upper: 0, lower: 0, digits: 0, signs: 0 };

/** The share of draws that keep the rules, with a margin for chance. */
function shareOf(draw: () => string, rules: CharacterRules, { few, all }: Trials): number {
  let kept = 0;
  for (let drawn = 1; drawn <= all; drawn += 1) {
    if (keepsRules(draw(), rules)) kept += 1;
    else if (kept === 0 && drawn === few) return 0;
  }
  return kept === all ? 1 : Math.max(0, kept - 2 * Math.sqrt(kept)) / all;
}

/** What a password must be like, before the owner's name and the policy's lists are compared with it. */
interface Asked {
  readonly style: Style;
  readonly minBits: number;
  readonly shortest: number;
  readonly rules: CharacterRules;
}

/**
 * Chooses the form of a password by the policy's style and the directory's rules: the first form of which enough draws keep the rules. The draws that
 * break them are repeated, so their share is deducted from the bits, and parts are added. Throws {@link NoPasswordPossible} if no form is left.
 */
export function chooseForm(asked: Asked, drawBelow: DrawBelow): DrawingPlan {
  for (const trials of estimates) {
    const plan = planWith(trials, asked, drawBelow);
    if (plan !== null) return plan;
  }
  throw new NoPasswordPossible('No temporary password satisfies the rules');
}

function planWith(
  trials: Trials,
  { style, minBits, shortest, rules }: Asked,
  drawBelow: DrawBelow,
): DrawingPlan | null {
  const { least = none, ...others } = rules;
  const isFree = Object.keys(others).length === 0;
  for (const form of formsOf[style]) {
    const fewest = form.partsFor(shortest, minBits);
    for (let parts = fewest; parts <= fewest + mostAdded; parts += 1) {
      const draw = () =>
        addMissing(form.draw(parts, drawBelow), least, { separator: form.separator, drawBelow });
      const share = isFree ? 1 : shareOf(draw, others, trials);
      // More parts keep the rules even less often.
      if (share < form.leastShare) break;
      const bits = form.bitsOf(parts) + Math.log2(share);
      if (bits >= minBits) return { style: form.style, draw, bits };
    }
  }
  return null;
}
