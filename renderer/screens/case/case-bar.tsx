import { Button, Kbd } from '@mantine/core';
import type { CaseView } from '../../../shared/api/case.ts';
import { useClock } from '../../parts/clock/countdown.ts';
import { formatElapsed } from '../../parts/clock/format-time.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { TopSlotContent } from '../../parts/top-bar/top-slot.tsx';
import { canWork } from './current-step.ts';

interface CaseBarProps {
  readonly view: CaseView;
  /** Whether the operator can still close or refuse the case. */
  readonly open: boolean;
  readonly onTimeline: () => void;
  readonly onClose: () => void;
  readonly onRefuse: () => void;
}

/** The case in the top bar: number, ticket, running time and the buttons that end it. */
export function CaseBar({ view, open, onTimeline, onClose, onRefuse }: CaseBarProps) {
  const t = useTexts();
  const isWorkable = canWork(view);
  const now = useClock(isWorkable);
  const running = isWorkable ? formatElapsed(now - Date.parse(view.openedAt)) : null;
  return (
    <TopSlotContent>
      <div className="case-bar">
        <span className="case-summary" data-testid="case-number">
          {[t('case.bar.number', { number: view.number }), view.ticket, running]
            .filter((part) => part !== null)
            .join(' · ')}
        </span>
        <Button
          className="case-drawer-button"
          data-testid="case-open-timeline"
          variant="default"
          onClick={onTimeline}
        >
          {t('case.bar.timeline')}
        </Button>
        {open && (
          <>
            <Button variant="default" data-testid="case-close" onClick={onClose}>
              {t('case.bar.close')}
            </Button>
            <Button
              variant="default"
              c="var(--mantine-color-error)"
              data-testid="case-refuse"
              onClick={onRefuse}
              rightSection={<Kbd aria-hidden>R</Kbd>}
            >
              {t('case.bar.refuse')}
            </Button>
          </>
        )}
      </div>
    </TopSlotContent>
  );
}
