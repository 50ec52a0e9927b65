import type { OpenCaseRow } from '../../../shared/api/case.ts';
import type { Translate } from '../../texts/use-texts.ts';

/** What an open case waits for or, if for nothing, how far it is. */
export const describeWait = ({ waitsFor, result }: OpenCaseRow, t: Translate): string =>
  waitsFor === null ? t(`cases.steps.${result}`) : t(`cases.waits.${waitsFor}`);
