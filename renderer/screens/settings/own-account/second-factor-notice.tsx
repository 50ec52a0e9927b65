import { Anchor } from '@mantine/core';
import { IconDeviceMobile } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { SessionView } from '../../../../shared/api/session.ts';
import { useConsoleBridge, valueOf } from '../../../bridge/console-bridge.ts';
import { clockWords } from '../../../parts/clock/format-time.ts';
import { useTexts } from '../../../texts/use-texts.ts';

interface SecondFactorNoticeProps {
  readonly session: Pick<SessionView, 'secondFactorBy'>;
  readonly onSetUp: () => void;
}

/** For as long as an operator may still put the second factor off: until when, and where it is set up. Gone as soon as there is one. */
export function SecondFactorNotice({ session, onSetUp }: SecondFactorNoticeProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const self = useQuery({
    queryKey: ['self'],
    queryFn: () => valueOf(bridge.self.get({})),
    enabled: session.secondFactorBy !== null,
    retry: false,
  });
  // The session says at once what it knew when it began: nothing moves when the answer comes.
  const by = self.data === undefined ? session.secondFactorBy : self.data.secondFactorBy;
  if (by === null) return null;
  return (
    <div className="notice-banner" role="status">
      <IconDeviceMobile size={18} stroke={1.8} aria-hidden />
      <span>{t('operators.own.notice', { time: clockWords(by) })}</span>
      <Anchor component="button" type="button" size="sm" onClick={onSetUp}>
        {t('operators.own.noticeLink')}
      </Anchor>
    </div>
  );
}
