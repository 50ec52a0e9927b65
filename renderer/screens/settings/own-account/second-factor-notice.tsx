import { Anchor } from '@mantine/core';
import { IconDeviceMobile } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { SessionView } from '../../../../shared/api/session.ts';
import { useConsoleBridge, valueOf } from '../../../bridge/console-bridge.ts';
import { formatPastTime } from '../../../parts/clock/format-time.ts';
import { useTexts } from '../../../texts/use-texts.ts';

interface SecondFactorNoticeProps {
  readonly session: Pick<SessionView, 'secondFactorBy'>;
  readonly onSetUp: () => void;
}

/** Says until when the operator has to set up two-factor authentication, and links to where. Hidden once it is set up. */
export function SecondFactorNotice({ session, onSetUp }: SecondFactorNoticeProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const self = useQuery({
    queryKey: ['self'],
    queryFn: () => valueOf(bridge.self.get({})),
    enabled: session.secondFactorBy !== null,
    retry: false,
  });
  // The session's own value is known at once, so that nothing moves when the answer arrives.
  const by = self.data === undefined ? session.secondFactorBy : self.data.secondFactorBy;
  if (by === null) return null;
  return (
    <div className="notice-banner" role="status">
      <IconDeviceMobile size={18} stroke={1.8} aria-hidden />
      <span>{t('operators.own.notice', { time: formatPastTime(by) })}</span>
      <Anchor component="button" type="button" size="sm" onClick={onSetUp}>
        {t('operators.own.noticeLink')}
      </Anchor>
    </div>
  );
}
