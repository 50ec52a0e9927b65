import { useRef } from 'react';
import { pressedKey } from '../../parts/keys/pressed-key.ts';
import { isTyping } from '../../parts/keys/screen-keys.ts';
import { isSingleKey, useKeydown } from '../../parts/keys/use-keydown.ts';
import type { RailEntry } from './use-rail-entries.ts';

/** The letter of each screen in the rail, pressed after G. */
export const railLetters = {
  desk: 'D',
  queue: 'Q',
  cases: 'C',
  practise: 'P',
  audit: 'L',
  outbox: 'O',
  requiredResets: 'R',
  accounts: 'A',
  import: 'I',
  settings: 'S',
} as const satisfies Readonly<Record<RailEntry, string>>;

/** Milliseconds between G and the letter. */
const maxBetween = 2000;

/**
 * Goes to a screen by G and then its letter. It hears the letter before the open screen does, where the same letter may have another effect. Ignored in text
 * fields and dialogs.
 */
export function useRailKeys(entries: readonly RailEntry[], onGo: (entry: RailEntry) => void): void {
  const goPressedAt = useRef<number | null>(null);
  useKeydown(
    (event) => {
      const pressedAt = goPressedAt.current;
      goPressedAt.current = null;
      const isOpen = document.querySelector('[role=dialog]') !== null;
      if (!isSingleKey(event) || isOpen || isTyping(event.target)) return;
      const key = pressedKey(event);
      if (pressedAt === null || event.timeStamp - pressedAt > maxBetween) {
        if (key === 'g') goPressedAt.current = event.timeStamp;
        return;
      }
      const entry = entries.find((each) => railLetters[each].toLowerCase() === key);
      if (entry === undefined) return;
      event.preventDefault();
      onGo(entry);
    },
    { first: true },
  );
}
