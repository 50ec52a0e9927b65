import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ServerStatus as Status } from '../../../shared/api/server-status.ts';
import { useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { fullStamp } from '../../parts/clock/format-time.ts';
import { useTexts, type Translate } from '../../texts/use-texts.ts';

const useServerStatus = () => {
  const bridge = useConsoleBridge();
  const { data } = useQuery({
    queryKey: ['settings', 'server'],
    queryFn: () => valueOf(bridge.settings.server({})),
    retry: false,
  });
  return data ?? null;
};

/** The problems of the server that an administrator has to fix, each unfolded on request; nothing if there are none. */
export function ServerWarnings() {
  const t = useTexts();
  const status = useServerStatus();
  if (status === null || status.warnings.length === 0) return null;
  return (
    <Alert color="orange" className="server-warnings" data-testid="settings-warnings">
      {status.warnings.map((code) => (
        <details key={code} data-testid={`settings-warning-${code}`}>
          <summary>{t(`settings.warnings.${code}.title`)}</summary>
          {t(`settings.warnings.${code}.text`, {
            address: status.publicUrl,
            answer: (code === 'text-failing' ? status.text : status.mail).failing?.answer ?? '',
          })}
        </details>
      ))}
    </Alert>
  );
}

function describeChannel({ setUp, server, workedAt, failing, queued }: Status['mail'], t: Translate): string {
  const parts = [
    setUp === 'external' ? (server ?? '') : t(`settings.status.setUp.${setUp}`),
    failing === null
      ? workedAt === null
        ? ''
        : t('settings.status.workedAt', { time: fullStamp(workedAt) })
      : t('settings.status.failing', { time: fullStamp(failing.since), answer: failing.answer }),
    queued === 0 ? '' : t('settings.status.queued', { count: queued }),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

const megabytes = (bytes: number): string =>
  (bytes / 1_000_000).toLocaleString(undefined, { maximumFractionDigits: 1 });

/** Address, version, database, last backup, mail and texts of the server. */
export function ServerStatus() {
  const t = useTexts();
  const status = useServerStatus();
  if (status === null) return null;
  const { database, lastBackupAt } = status;
  const rows: readonly (readonly [string, string])[] = [
    ['address', status.publicUrl],
    ['version', `${status.version} · ${t(`settings.status.mode.${status.mode}`)}`],
    ['startedAt', fullStamp(status.startedAt)],
    [
      'database',
      t('settings.status.size', {
        name: database.kind === 'sqlite' ? 'SQLite' : 'PostgreSQL',
        version: database.version,
        size: megabytes(database.bytes),
      }),
    ],
    [
      'backup',
      lastBackupAt === null ? t(`settings.status.noBackup.${database.kind}`) : fullStamp(lastBackupAt),
    ],
    ['mail', describeChannel(status.mail, t)],
    ['text', describeChannel(status.text, t)],
  ];
  return (
    <dl className="facts" data-testid="server-status">
      {rows.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{t(`settings.status.rows.${name}`)}</dt>
          <dd data-testid={`server-status-${name}`}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
