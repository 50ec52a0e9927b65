import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FailureCode } from '../../../shared/errors/codes.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { formatPastTime } from '../clock/format-time.ts';
import { useTexts } from '../../texts/use-texts.ts';

interface FailureLineProps {
  readonly failure: Failure | null;
  /** Messages by failure code that replace the general ones, where the screen knows more. */
  readonly instead?: Partial<Record<FailureCode, string>>;
}

/** Failures whose technical detail helps an administrator and contains no personal data. */
const detailed =
  /^(?:server|proxy|mail|directory|directory-sign-in|provider|backend-process|folder|storage|file)\./;

/** Failures whose detail says what kind of file it is and what to do. */
const advised: ReadonlySet<FailureCode> = new Set(['import.not-csv', 'import.encoding']);

/** A failure's message, shown where it happened: what happened and what to do. */
export function FailureLine({ failure, instead }: FailureLineProps) {
  const t = useTexts();
  const { i18n } = useTranslation();
  if (failure === null) return null;
  const name = failure.code.replace('.', '_');
  const timed = failure.until !== undefined && i18n.exists(`failures.until.${name}`);
  const message =
    instead?.[failure.code] ??
    (advised.has(failure.code) ? failure.detail : undefined) ??
    (timed
      ? t(`failures.until.${name}`, { time: formatPastTime(failure.until ?? '') })
      : t(`failures.codes.${name}`));
  const extra = [
    ...(failure.fields ?? []).map((field) => field.message),
    failure.detail !== undefined && detailed.test(failure.code)
      ? t('failures.detail', { detail: failure.detail })
      : '',
    failure.reference === undefined ? '' : t('failures.reference', { reference: failure.reference }),
  ].filter((part) => part !== '');
  return (
    <div role="alert">
      <Text size="sm" className="refused-text">
        {message}
      </Text>
      {extra.length > 0 && (
        <Text size="xs" c="dimmed">
          {extra.join(' ')}
        </Text>
      )}
    </div>
  );
}
