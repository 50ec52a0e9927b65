import { Kbd } from '@mantine/core';
import type { OpenCaseRow } from '../../../shared/api/case.ts';
import { useClock } from '../../parts/clock/countdown.ts';
import { formatElapsed } from '../../parts/clock/format-time.ts';
import { pressedKey } from '../../parts/keys/pressed-key.ts';
import { useKeydown } from '../../parts/keys/use-keydown.ts';
import { describeWait } from '../../parts/open-cases/describe-wait.ts';
import { useTexts } from '../../texts/use-texts.ts';

/** The first nine cases have a digit. */
const maxDigits = 9;

interface CaseStripProps {
  readonly cases: readonly OpenCaseRow[];
  /** The ID of the case on the screen; null on another screen. */
  readonly current: string | null;
  readonly onOpen: (caseId: string) => void;
}

/** The operator's open cases under the top bar, one tab each: whose account, what the case waits for, and how long it has been open. */
export function CaseStrip({ cases, current, onOpen }: CaseStripProps) {
  const t = useTexts();
  const isShown = cases.some(({ id }) => id !== current);
  const now = useClock(isShown);
  useKeydown((event) => {
    const digit = Number(pressedKey(event));
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const chosen = digit >= 1 && digit <= maxDigits ? cases[digit - 1] : undefined;
    // Ignored while a dialog is open, which keeps the screen.
    if (chosen === undefined || document.querySelector('[role=dialog]') !== null) return;
    event.preventDefault();
    if (chosen.id !== current) onOpen(chosen.id);
  });
  if (!isShown) return null;
  return (
    <nav className="case-strip" aria-label={t('cases.strip')} data-testid="case-strip">
      {cases.map((row, index) => (
        <button
          key={row.id}
          type="button"
          className="case-tab"
          data-testid={`case-tab-${row.userName}`}
          aria-current={row.id === current ? 'page' : undefined}
          aria-keyshortcuts={index < maxDigits ? `Control+${index + 1}` : undefined}
          onClick={() => onOpen(row.id)}
        >
          {index < maxDigits && <Kbd aria-hidden>{index + 1}</Kbd>}
          <span className="case-tab-name">
            <bdi>{row.displayName}</bdi>
          </span>
          <span className="case-tab-state">{describeWait(row, t)}</span>
          <span className="case-tab-clock" aria-hidden>
            {formatElapsed(now - Date.parse(row.openedAt))}
          </span>
        </button>
      ))}
    </nav>
  );
}
