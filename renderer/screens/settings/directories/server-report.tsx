import { Badge, Button, Code, Group, Text } from '@mantine/core';
import { IconCheck, IconMinus, IconQuestionMark, IconX } from '@tabler/icons-react';
import type { ConnectionReportView, DirectoryView } from '../../../../shared/api/directories.ts';
import { formatDate } from '../../../parts/clock/format-time.ts';
import { directoriesTexts } from '../../../texts/en/directories.ts';
import { useTexts } from '../../../texts/use-texts.ts';

type Kind = DirectoryView['settings']['kind'];
type Server = ConnectionReportView['servers'][number];
type Step = Server['steps'][number];

/** Seconds by which the clocks may differ before the report mentions it. */
const clockTolerance = 60;

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

/** The names of rights in the words of a kind of directory. */
function useRightNames(kind: Kind): (rights: readonly string[]) => string {
  const t = useTexts();
  const own = { entra: 'permissions', 'active-directory': 'attributes', keycloak: 'roles' } as const;
  const group = kind in own ? own[kind as keyof typeof own] : 'rights';
  return (rights) =>
    rights
      .map((right) => t(`directories.${right in directoriesTexts[group] ? group : 'rights'}.${right}`))
      .join(', ');
}

interface ServerCertificateProps {
  readonly certificate: NonNullable<Server['certificate']>;
  readonly isUntrusted: boolean;
  readonly onTrust: (pem: string) => void;
}

/** The certificate that a server showed, with a button that trusts it if it is not trusted yet. */
function ServerCertificate({
  certificate: { subject, issuer, validUntil, fingerprint, pem },
  isUntrusted,
  onTrust,
}: ServerCertificateProps) {
  const t = useTexts();
  return (
    <div>
      <Text size="sm">
        {t('directories.certificate', { subject, issuer, until: formatDate(validUntil) })}
      </Text>
      <Code block>{t('directories.fingerprint', { fingerprint })}</Code>
      {isUntrusted && (
        <Button variant="default" size="xs" mt={8} data-testid="directory-trust" onClick={() => onTrust(pem)}>
          {t('directories.trust')}
        </Button>
      )}
    </div>
  );
}

interface ServerReportProps {
  readonly kind: Kind;
  readonly server: Server;
  readonly hasSample: boolean;
  /** Adds a certificate to the trusted ones of the directory. */
  readonly onTrust: (pem: string) => void;
}

/** The result of a check at one server: the steps, its certificate, and what the service account may not do or does not find. */
export function ServerReport({
  kind,
  server: { server, steps, certificate, missingRights, unknownRights, unknownNames, clockAhead },
  hasSample,
  onTrust,
}: ServerReportProps) {
  const t = useTexts();
  const namesOf = useRightNames(kind);
  const isByLdap = kind === 'active-directory' || kind === 'ldap';
  return (
    <section>
      <Text fw={600} size="sm">
        <bdi>{server}</bdi>
      </Text>
      <ol className="connection-steps">
        {steps.map((step) => (
          <ConnectionStep key={step.step} {...step} />
        ))}
      </ol>
      {certificate !== null && (
        <ServerCertificate
          certificate={certificate}
          isUntrusted={steps.some(({ fault }) => fault === 'certificate-untrusted')}
          onTrust={onTrust}
        />
      )}
      {missingRights.length > 0 && (
        <Text size="sm" c="red" data-testid="directory-missing-rights">
          {t('directories.missing', { rights: namesOf(missingRights) })}
        </Text>
      )}
      {unknownNames.length > 0 && (
        <Text size="sm" c="red" data-testid="directory-unknown-names">
          <bdi>{t('directories.unknownNames', { names: unknownNames.join('; ') })}</bdi>
        </Text>
      )}
      {isByLdap && !hasSample && missingRights.includes('read-accounts') && (
        <Text size="sm" data-testid="directory-no-account">
          {t('directories.noAccount')}
        </Text>
      )}
      {unknownRights.length > 0 && (
        <Text size="sm" data-testid="directory-unknown-rights">
          {t('directories.unknown', { rights: namesOf(unknownRights) })}
        </Text>
      )}
      {clockAhead !== null && Math.abs(clockAhead) > clockTolerance && (
        <Text size="sm">{t('directories.clock', { count: Math.abs(clockAhead) })}</Text>
      )}
    </section>
  );
}
