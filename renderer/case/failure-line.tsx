import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../shared/errors/result.ts';
import { useWords } from './console-bridge.ts';

/** What went wrong and what to do, where it went wrong. */
export function FailureLine({ failure }: { readonly failure: Failure | null }) {
  const words = useWords();
  const { i18n } = useTranslation();
  if (failure === null) return null;
  const key = `case.failures.${failure.code.replace('.', '_')}`;
  return (
    <Text role="alert" size="sm" className="refused-text">
      {words(i18n.exists(key) ? key : 'case.failures.other')}
      {failure.reference === undefined
        ? ''
        : ` ${words('case.failures.reference', { reference: failure.reference })}`}
    </Text>
  );
}
