import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';

/** The problems that the server found in its own configuration; nothing if it found none. */
export function ServerNotices() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { data } = useQuery({
    queryKey: ['settings', 'notices'],
    queryFn: () => valueOf(bridge.settings.notices({})),
    retry: false,
  });
  return data?.notices.map(({ code, set, proxy }) => (
    <Alert
      key={code}
      color="orange"
      title={t(`settings.notices.${code}.title`)}
      data-testid={`settings-notice-${code}`}
    >
      {t(`settings.notices.${code}.text`, { set, proxy: proxy ?? '' })}
    </Alert>
  ));
}
