import { Anchor, Button } from '@mantine/core';
import { IconDeviceMobile } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { SessionView } from '../../../../shared/api/session.ts';
import { useConsoleBridge, valueOf } from '../../../bridge/console-bridge.ts';
import { useClock } from '../../../parts/clock/countdown.ts';
import { formatPastTime } from '../../../parts/clock/format-time.ts';
import { useDraft } from '../../../parts/drafts/drafts.tsx';
import { useTexts } from '../../../texts/use-texts.ts';

/** In the last two days, the notice cannot be put off. In milliseconds. */
const urgentMs = 2 * 86_400_000;

/** By when the operator has to set up two-factor authentication, ISO 8601; null once it is set up. */
export function useSecondFactorDeadline(session: Pick<SessionView, 'secondFactorBy'>): string | null {
  const bridge = useConsoleBridge();
  const self = useQuery({
    queryKey: ['self'],
    queryFn: () => valueOf(bridge.self.get({})),
    enabled: session.secondFactorBy !== null,
    retry: false,
  });
  // The session's own value is known at once, so that nothing moves when the answer arrives.
  return self.data === undefined ? session.secondFactorBy : self.data.secondFactorBy;
}

interface SecondFactorNoticeProps {
  /** From {@link useSecondFactorDeadline}. */
  readonly by: string | null;
  readonly onSetUp: () => void;
}

/**
 * Says until when the operator has to set up two-factor authentication, and links to where. Once it was put off, only the dot at the operator's
 * menu remains until the last two days.
 */
export function SecondFactorNotice({ by, onSetUp }: SecondFactorNoticeProps) {
  const t = useTexts();
  const now = useClock(false);
  const [putOff, setPutOff] = useDraft('second-factor-notice');
  if (by === null) return null;
  const isUrgent = Date.parse(by) - now < urgentMs;
  if (putOff !== '' && !isUrgent) return null;
  return (
    <section
      className="notice-banner"
      aria-label={t('operators.own.noticeLink')}
      data-testid="second-factor-notice"
    >
      <IconDeviceMobile size={18} stroke={1.8} aria-hidden />
      <span>{t('operators.own.notice', { time: formatPastTime(by) })}</span>
      <Anchor component="button" type="button" size="sm" onClick={onSetUp}>
        {t('operators.own.noticeLink')}
      </Anchor>
      {!isUrgent && (
        <Button
          variant="subtle"
          size="compact-sm"
          data-testid="second-factor-later"
          onClick={() => setPutOff('later')}
        >
          {t('operators.own.noticeLater')}
        </Button>
      )}
    </section>
  );
}
