import { createContext, useCallback, useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import './announcer.css';

/** Passes one sentence to the screen reader, which reads it after the sentences before it. */
type Announce = (sentence: string) => void;

const AnnounceContext = createContext<Announce>(() => undefined);

/** Milliseconds for which the sentences of one burst are collected, so that none replaces another before it is read. */
const burstMs = 120;

/** Milliseconds after which the region is emptied, so that the same sentence is read again when it is announced again. */
const keptMs = 4000;

/**
 * The console's one polite live region. Screen readers read each sentence once; clocks, counters and fields are not live themselves.
 */
export function Announcer({ children }: { readonly children: ReactNode }) {
  const [sentences, setSentences] = useState('');
  const burst = useRef<string[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const announce = useCallback((sentence: string) => {
    if (sentence === '' || burst.current.includes(sentence)) return;
    burst.current.push(sentence);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setSentences(burst.current.join(' '));
      burst.current = [];
      timer.current = setTimeout(() => setSentences(''), keptMs);
    }, burstMs);
  }, []);
  return (
    <AnnounceContext value={announce}>
      {children}
      <div className="announcer" role="status" aria-live="polite" data-testid="announcer">
        {sentences}
      </div>
    </AnnounceContext>
  );
}

/** Announces sentences from event handlers. */
export const useAnnounce = (): Announce => useContext(AnnounceContext);

/** Announces the sentence when it appears or changes; null says nothing. */
export function useAnnouncement(sentence: string | null): void {
  const announce = useAnnounce();
  useEffect(() => {
    if (sentence !== null) announce(sentence);
  }, [announce, sentence]);
}

/** Announces what has changed since the last render: `describe` gets the value before and the current one. */
export function useAnnouncedChanges<T>(value: T, describe: (before: T, now: T) => readonly string[]): void {
  const announce = useAnnounce();
  const before = useRef(value);
  useEffect(() => {
    if (before.current === value) return;
    for (const sentence of describe(before.current, value)) announce(sentence);
    before.current = value;
  }, [announce, describe, value]);
}
