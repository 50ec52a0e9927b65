import { Text } from '@mantine/core';
import { limits } from '../../../shared/api/limits.ts';
import { leftOutReasons } from '../../../shared/api/required-reset.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import type { ShownPreview } from './use-audience-preview.ts';

/** The number of accounts in the audience, and which names are excluded, unknown or without an email address. Keeps its height while counting. */
export function AudienceCount({ preview: { found, failure } }: { readonly preview: ShownPreview }) {
  const t = useTexts();
  const leftOut =
    found === null
      ? []
      : leftOutReasons
          .filter((reason) => found.leftOut[reason] > 0)
          .map(
            (reason) => `${found.leftOut[reason].toLocaleString()} ${t(`requiredResets.leftOut.${reason}`)}`,
          );
  return (
    <div className="required-count" data-testid="required-resets-count" role="status">
      <FailureLine failure={failure} />
      {found?.tooMany === true && (
        <Text fw={500}>
          {t('requiredResets.form.tooMany', { most: limits.requiredResetList.toLocaleString() })}
        </Text>
      )}
      {found !== null && !found.tooMany && (
        <Text fw={500}>{t('requiredResets.form.count', { count: found.accounts })}</Text>
      )}
      {found !== null && found.withoutEmail > 0 && (
        <Text size="sm">{t('requiredResets.form.withoutEmail', { count: found.withoutEmail })}</Text>
      )}
      {leftOut.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('requiredResets.form.leftOut', { what: leftOut.join(', ') })}
        </Text>
      )}
      {found !== null && found.unknown.count > 0 && (
        <>
          <Text size="sm" fw={500}>
            {t('requiredResets.form.unknown', { count: found.unknown.count })}
          </Text>
          <Text size="sm" className="required-unknown">
            <bdi>{found.unknown.names.join(', ')}</bdi>
            {found.unknown.count > found.unknown.names.length ? ' …' : ''}
          </Text>
        </>
      )}
    </div>
  );
}
