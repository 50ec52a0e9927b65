import { useState } from 'react';
import { Button, Group, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { CaseFilter } from '../../../shared/api/case.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { usePractising } from '../../bridge/practising.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useTexts } from '../../texts/use-texts.ts';

/** Saves the cases that match the filter as CSV. */
export function SaveCases({ filterNow }: { readonly filterNow: () => CaseFilter }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [saved, setSaved] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const save = async () => {
    setSaved(null);
    const result = await bridge.downloads.saveCases({ query: filterNow() });
    setFailure(result.ok ? null : result.failure);
    setSaved(result.ok ? result.value : null);
  };
  // The cases of a drill stay in the drill.
  if (usePractising()) return null;
  return (
    <Group gap={8}>
      <FailureLine failure={failure} />
      <Text size="sm" role="status">
        {saved === null ? '' : t('cases.export.saved', { name: saved })}
      </Text>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} stroke={1.7} aria-hidden />}
        data-testid="cases-export"
        title={t('cases.export.hint')}
        onClick={() => void save()}
      >
        {t('cases.export.button')}
      </Button>
    </Group>
  );
}
