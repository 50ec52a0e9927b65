import { Text } from '@mantine/core';
import type { AssuranceView } from '../../../../shared/api/check.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { sayWhatIsMissing } from './missing-texts.ts';

/** Earned points as a bar of segments, about one for 10 points, and what is still missing. */
export function AssuranceMeter({ assurance }: { readonly assurance: AssuranceView }) {
  const t = useTexts();
  const { earned, needed } = assurance;
  const segments = Math.min(20, Math.max(1, Math.round(needed / 10)));
  return (
    <>
      <div
        className="meter"
        role="meter"
        aria-valuenow={earned}
        aria-valuemin={0}
        aria-valuemax={needed}
        aria-label={t('case.verify.score', { earned, needed })}
      >
        {Array.from({ length: segments }, (_, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- segments have no other identity
          <span key={index} data-earned={(index + 1) * (needed / segments) <= earned} />
        ))}
      </div>
      <Text size="sm" c="dimmed" data-testid="case-missing">
        {sayWhatIsMissing(assurance, t)}
      </Text>
    </>
  );
}
