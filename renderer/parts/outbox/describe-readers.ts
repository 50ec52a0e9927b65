import type { CheckView } from '../../../shared/api/check.ts';
import type { Translate } from '../../texts/use-texts.ts';
import { formatPastTime } from '../clock/format-time.ts';

/** Who read a check's code in the outbox, for the operators and approvers who weigh the evidence. */
export const describeReaders = (
  { readInOutbox }: NonNullable<CheckView['attempt']>,
  t: Translate,
): string[] =>
  readInOutbox.map(({ name, at }) => t('case.check.readInOutbox', { name, time: formatPastTime(at) }));
