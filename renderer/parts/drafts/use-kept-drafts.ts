import { useEffect } from 'react';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { isFormDraft, type Drafts } from './drafts.tsx';

/** Milliseconds after the last key before what was typed is kept. */
const pauseMs = 500;

/**
 * Restores what this operator typed before a restart, and keeps what is typed from then on. `operatorId` is null while no operator is signed in; the
 * next one may be another.
 */
export function useKeptDrafts(drafts: Drafts, operatorId: string | null, isLocked: boolean): void {
  const bridge = useConsoleBridge();
  useEffect(() => {
    if (operatorId === null) drafts.drop('');
  }, [drafts, operatorId]);
  useEffect(() => {
    if (operatorId === null || isLocked) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stop: () => void = () => undefined;
    let isOver = false;
    const save = () =>
      void bridge.drafts.save({ texts: drafts.all().filter(({ field }) => !isFormDraft(field)) });
    void bridge.drafts.load().then((answer) => {
      if (isOver) return;
      if (answer.ok)
        for (const { field, text } of answer.value)
          if (drafts.get(field) === undefined) drafts.set(field, text);
      // The drafts typed just before a lock could not be kept while the console was locked.
      if (drafts.all().length > 0) save();
      stop = drafts.subscribe(() => {
        clearTimeout(timer);
        timer = setTimeout(save, pauseMs);
      });
    });
    return () => {
      isOver = true;
      clearTimeout(timer);
      stop();
    };
  }, [bridge, drafts, operatorId, isLocked]);
  useEffect(
    () =>
      bridge.on('session', ({ change }) => {
        if (change === 'signed-out') drafts.drop('');
      }),
    [bridge, drafts],
  );
}
