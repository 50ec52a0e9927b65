import { useState } from 'react';
import { passwordParts, type PasswordPart } from '../../../parts/spelling/spell-password.ts';
import { useSpelling } from '../../../parts/spelling/use-spelling.ts';

/** The keys that move along the tiles, with where each one leads. */
const steps: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowLeft: (at) => Math.max(0, at - 1),
  ArrowRight: (at, last) => Math.min(last, at + 1),
  Home: () => 0,
  End: (_at, last) => last,
};

export interface TileWalk {
  /** Null while the password is hidden. */
  readonly parts: readonly PasswordPart[] | null;
  /** The parts that have a tile. */
  readonly tiles: readonly PasswordPart[];
  /** The tile that is being read out. */
  readonly current: number;
  readonly isStep: (key: string) => boolean;
  /** Moves to the tile to which the key leads. */
  readonly step: (key: string) => void;
  readonly choose: (tile: number) => void;
}

/** The parts of a shown password, and the tile that is being read out. The place is kept while the password is hidden. */
export function useTileWalk(password: string | null, style: 'groups' | 'words'): TileWalk {
  const { spelling } = useSpelling();
  const [at, setAt] = useState(0);
  const parts = password === null ? null : passwordParts(password, style, spelling);
  const tiles = (parts ?? []).filter(({ tile }) => tile !== null);
  const last = Math.max(0, tiles.length - 1);
  return {
    parts,
    tiles,
    current: Math.min(at, last),
    isStep: (key) => key in steps,
    step: (key) => setAt((before) => steps[key]?.(Math.min(before, last), last) ?? before),
    choose: setAt,
  };
}
