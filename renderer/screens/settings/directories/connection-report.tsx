import { Text } from '@mantine/core';
import type { ConnectionReportView, DirectoryView } from '../../../../shared/api/directories.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { DirectoryLimits } from './directory-limits.tsx';
import { PolicyPreview } from './policy-preview.tsx';
import { ServerReport } from './server-report.tsx';

interface ConnectionReportProps {
  readonly kind: DirectoryView['settings']['kind'];
  readonly report: ConnectionReportView;
  /** Adds a certificate to the trusted ones of the directory. */
  readonly onTrust: (pem: string) => void;
}

/** The result of a connection check: the steps at each server, its certificate, missing rights, and one account as it is read. */
export function ConnectionReport({
  kind,
  report: { servers, sample, policy, contactTimes, cannot },
  onTrust,
}: ConnectionReportProps) {
  const t = useTexts();
  return (
    <div className="connection-report" data-testid="directory-report">
      {servers.map((server) => (
        <ServerReport
          key={server.server}
          kind={kind}
          server={server}
          hasSample={sample !== null}
          onTrust={onTrust}
        />
      ))}
      {sample !== null && (
        <section data-testid="directory-sample">
          <Text fw={600} size="sm">
            {t('directories.sample')}
          </Text>
          <Text size="sm">
            <bdi>
              {[
                sample.displayName,
                sample.userName,
                sample.email,
                ...sample.phones,
                sample.employeeNumber,
                sample.department,
                sample.isPrivileged ? t('directories.privileged') : null,
                sample.disabled ? t('directories.disabled') : null,
              ]
                .filter((part) => part !== null && part !== '')
                .join(' · ')}
            </bdi>
          </Text>
        </section>
      )}
      {policy !== null && <PolicyPreview policy={policy} />}
      <DirectoryLimits cannot={cannot} />
      {(contactTimes === 'entry' || contactTimes === 'none') && (
        <Text size="sm" c="dimmed" data-testid="directory-contact-times">
          {t(
            `directories.contactTimes.${contactTimes === 'none' && kind === 'keycloak' ? 'noEvents' : contactTimes}`,
          )}
        </Text>
      )}
    </div>
  );
}
