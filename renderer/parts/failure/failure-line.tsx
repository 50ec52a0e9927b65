import { useContext } from 'react';
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FailureCode } from '../../../shared/errors/codes.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { formatPastTime } from '../clock/format-time.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BannerShown } from './banner-shown.ts';

interface FailureLineProps {
  /** Why something that the operator did has failed. */
  readonly failure?: Failure | null;
  /**
   * Why a read has failed that the console repeats when the server responds again, such as a search. While the shell's banner says that there is no
   * connection, the line does not say it a second time.
   */
  readonly read?: Failure | null;
  /** Messages by failure code that replace the general ones, where the screen knows more. */
  readonly instead?: Partial<Record<FailureCode, string>>;
}

/** Failures whose technical detail helps an administrator and contains no personal data. */
const detailed =
  /^(?:server|proxy|mail|directory|directory-sign-in|provider|backend-process|folder|storage|file)\./;

/** Failures whose detail says what kind of file it is and what to do. */
const advised: ReadonlySet<FailureCode> = new Set(['import.not-csv', 'import.encoding']);

/** Failures that say no more than the banner. */
const saidByBanner: ReadonlySet<FailureCode> = new Set([
  'server.unreachable',
  'server.timeout',
  'proxy.no-server',
  'proxy.timeout',
  'backend-process.failed',
]);

/** A failure's message, shown where it happened: what happened and what to do. */
export function FailureLine({ failure: ofAct = null, read = null, instead }: FailureLineProps) {
  const t = useTexts();
  const { i18n } = useTranslation();
  const isBannerShown = useContext(BannerShown);
  const isSaid = isBannerShown && read !== null && saidByBanner.has(read.code);
  const failure = ofAct ?? (isSaid ? null : read);
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
    // Several fields may have the same fault.
    ...new Set((failure.fields ?? []).map((field) => field.message)),
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
