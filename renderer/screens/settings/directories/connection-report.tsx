import { Badge, Button, Code, Group, Text } from '@mantine/core';
import { IconCheck, IconMinus, IconQuestionMark, IconX } from '@tabler/icons-react';
import type { ConnectionReportView, DirectoryView } from '../../../../shared/api/directories.ts';
import { formatDate } from '../../../parts/clock/format-time.ts';
import { directoriesTexts } from '../../../texts/en/directories.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { DirectoryLimits } from './directory-limits.tsx';
import { PolicyPreview } from './policy-preview.tsx';

interface ConnectionReportProps {
  readonly kind: DirectoryView['settings']['kind'];
  readonly report: ConnectionReportView;
  /** Adds a certificate to the trusted ones of the directory. */
  readonly onTrust: (pem: string) => void;
}

/** Seconds by which the clocks may differ before the report mentions it. */
const clockTolerance = 60;

type Step = ConnectionReportView['servers'][number]['steps'][number];

const stateOf = {
  passed: { color: 'green', Icon: IconCheck },
  failed: { color: 'red', Icon: IconX },
  unchecked: { color: 'yellow', Icon: IconQuestionMark },
  'not-tried': { color: 'gray', Icon: IconMinus },
} as const satisfies Readonly<Record<Step['outcome'], object>>;

/** One step of the check with its state, as an icon and a word, and under it what to do about a fault. */
function ConnectionStep({ step, outcome, fault }: Step) {
  const t = useTexts();
  const { color, Icon } = stateOf[outcome];
  return (
    <li data-testid={`directory-step-${step}`} data-outcome={outcome}>
      <Group justify="space-between" wrap="nowrap" gap={8}>
        <Text size="sm">{t(`directories.steps.${step}`)}</Text>
        <Badge
          variant="default"
          tt="none"
          radius="sm"
          leftSection={<Icon size={14} color={`var(--mantine-color-${color}-6)`} aria-hidden />}
        >
          {t(`directories.outcomes.${outcome}`)}
        </Badge>
      </Group>
      {fault !== null && (
        <Text size="sm" c="dimmed">
          {t(`directories.faults.${fault}` as 'directories.faults.timeout')}
        </Text>
      )}
    </li>
  );
}

/** The result of a connection check: the steps at each server, its certificate, missing rights, and one account as it is read. */
export function ConnectionReport({
  kind,
  report: { servers, sample, policy, contactTimes, cannot },
  onTrust,
}: ConnectionReportProps) {
  const t = useTexts();
  const isByLdap = kind === 'active-directory' || kind === 'ldap';
  const rightsOf = (rights: readonly string[]) =>
    rights
      .map((right) => {
        const own = { entra: 'permissions', 'active-directory': 'attributes', keycloak: 'roles' } as const;
        const group = kind in own ? own[kind as keyof typeof own] : 'rights';
        return t(`directories.${right in directoriesTexts[group] ? group : 'rights'}.${right}`);
      })
      .join(', ');
  return (
    <div className="connection-report" data-testid="directory-report">
      {servers.map(
        ({ server, steps, certificate, missingRights, unknownRights, unknownNames, clockAhead }) => {
          const isUntrusted = steps.some(({ fault }) => fault === 'certificate-untrusted');
          return (
            <section key={server}>
              <Text fw={600} size="sm">
                <bdi>{server}</bdi>
              </Text>
              <ol className="connection-steps">
                {steps.map((step) => (
                  <ConnectionStep key={step.step} {...step} />
                ))}
              </ol>
              {certificate !== null && (
                <div>
                  <Text size="sm">
                    {t('directories.certificate', {
                      subject: certificate.subject,
                      issuer: certificate.issuer,
                      until: formatDate(certificate.validUntil),
                    })}
                  </Text>
                  <Code block>{t('directories.fingerprint', { fingerprint: certificate.fingerprint })}</Code>
                  {isUntrusted && (
                    <Button
                      variant="default"
                      size="xs"
                      mt={8}
                      data-testid="directory-trust"
                      onClick={() => onTrust(certificate.pem)}
                    >
                      {t('directories.trust')}
                    </Button>
                  )}
                </div>
              )}
              {missingRights.length > 0 && (
                <Text size="sm" c="red" data-testid="directory-missing-rights">
                  {t('directories.missing', { rights: rightsOf(missingRights) })}
                </Text>
              )}
              {unknownNames.length > 0 && (
                <Text size="sm" c="red" data-testid="directory-unknown-names">
                  <bdi>{t('directories.unknownNames', { names: unknownNames.join('; ') })}</bdi>
                </Text>
              )}
              {isByLdap && sample === null && missingRights.includes('read-accounts') && (
                <Text size="sm" data-testid="directory-no-account">
                  {t('directories.noAccount')}
                </Text>
              )}
              {unknownRights.length > 0 && (
                <Text size="sm" data-testid="directory-unknown-rights">
                  {t('directories.unknown', { rights: rightsOf(unknownRights) })}
                </Text>
              )}
              {clockAhead !== null && Math.abs(clockAhead) > clockTolerance && (
                <Text size="sm">{t('directories.clock', { count: Math.abs(clockAhead) })}</Text>
              )}
            </section>
          );
        },
      )}
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
