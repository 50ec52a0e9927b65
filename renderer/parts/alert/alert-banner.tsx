import { IconAlertTriangle } from '@tabler/icons-react';
import { formatFutureTime } from '../clock/format-time.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { useAlert } from './use-alert.ts';

/** Shown in every console while the alert is raised. */
export function AlertBanner() {
  const t = useTexts();
  const raised = useAlert().data?.raised ?? null;
  if (raised === null) return null;
  return (
    <div className="alert-banner" data-testid="alert-banner" role="status">
      <IconAlertTriangle size={18} stroke={1.8} aria-hidden />
      <span>
        {t(`queue.alert.banner.${raised.scope}`, {
          time: formatFutureTime(raised.until),
          reason: raised.reason,
        })}
      </span>
    </div>
  );
}
