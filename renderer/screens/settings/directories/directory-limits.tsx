import { Text } from '@mantine/core';
import type { ConnectionReportView } from '../../../../shared/api/directories.ts';
import { capabilityReasons } from '../../../../shared/api/directory-capabilities.ts';
import { useTexts } from '../../../texts/use-texts.ts';

/** What a directory cannot do, by the reason, so that an administrator knows what operators will not be offered. */
export function DirectoryLimits({ cannot }: Pick<ConnectionReportView, 'cannot'>) {
  const t = useTexts();
  if (cannot.length === 0) return null;
  return (
    <section data-testid="directory-limits">
      <Text fw={600} size="sm">
        {t('directories.cannot.title')}
      </Text>
      {capabilityReasons.map((reason) => {
        const capabilities = cannot
          .filter((each) => each.reason === reason)
          .map(({ capability }) => t(`directories.cannot.capabilities.${capability}`));
        return (
          capabilities.length > 0 && (
            <Text key={reason} size="sm">
              {t(`directories.cannot.reasons.${reason}`, { capabilities: capabilities.join(', ') })}
            </Text>
          )
        );
      })}
    </section>
  );
}
