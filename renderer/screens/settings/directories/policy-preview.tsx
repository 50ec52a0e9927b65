import { Text } from '@mantine/core';
import type { ConnectionReportView } from '../../../../shared/api/directories.ts';
import { useTexts } from '../../../texts/use-texts.ts';

/** The password policy of the account that a connection check has read, and what of it cannot be known. */
export function PolicyPreview({ policy }: { readonly policy: NonNullable<ConnectionReportView['policy']> }) {
  const t = useTexts();
  const { minLength, maxLength, complexity, history, lockoutThreshold, unreadable, unchecked } = policy;
  const rules = [
    (minLength ?? 0) > 0 && t('directories.policy.minLength', { count: minLength ?? 0 }),
    maxLength !== null && t('directories.policy.maxLength', { count: maxLength }),
    complexity === true && t('directories.policy.complexity'),
    (history ?? 0) > 0 && t('directories.policy.history', { count: history ?? 0 }),
    (lockoutThreshold ?? 0) > 0 && t('directories.policy.lockout', { count: lockoutThreshold ?? 0 }),
  ].filter((rule) => rule !== false);
  return (
    <section data-testid="directory-policy">
      <Text fw={600} size="sm">
        {t('directories.policy.title')}
      </Text>
      <Text size="sm">{rules.length === 0 ? t('directories.policy.none') : rules.join(' · ')}</Text>
      {unreadable.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('directories.policy.unreadable', {
            values: unreadable.map((value) => t(`directories.policy.values.${value}`)).join(', '),
          })}
        </Text>
      )}
      {unchecked.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('directories.policy.unchecked', {
            rules: unchecked.map((rule) => t(`directories.policy.rules.${rule}`)).join(', '),
          })}
        </Text>
      )}
    </section>
  );
}
