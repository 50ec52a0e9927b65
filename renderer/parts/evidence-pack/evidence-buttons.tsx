import { useState } from 'react';
import { Button, Text } from '@mantine/core';
import { IconFileCertificate } from '@tabler/icons-react';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { usePractising } from '../../bridge/practising.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import './evidence-pack.css';

interface EvidenceButtonsProps {
  readonly caseId: string;
  readonly caseNumber: number;
  /** Shows only the PDF button, small enough for a row of a list. */
  readonly inRow?: boolean;
}

/** Saves the evidence pack of a case: a PDF with the signed JSON attached, or the JSON alone. */
export function EvidenceButtons({ caseId, caseNumber, inRow = false }: EvidenceButtonsProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [saved, setSaved] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const save = async (format: 'pdf' | 'json') => {
    const result = await bridge.downloads.saveEvidence({ caseId, caseNumber, format });
    setFailure(result.ok ? null : result.failure);
    setSaved(result.ok ? result.value : null);
  };
  // A case of a drill has no evidence to save.
  if (usePractising()) return null;
  const size = inRow ? 'compact-sm' : 'sm';
  return (
    <div className="evidence-buttons">
      <Button
        variant={inRow ? 'subtle' : 'default'}
        size={size}
        ml={inRow ? -8 : 0}
        leftSection={<IconFileCertificate size={16} stroke={1.7} aria-hidden />}
        data-testid="evidence-pdf"
        aria-label={t('audit.evidence.pdfOf', { number: caseNumber })}
        onClick={() => void save('pdf')}
      >
        {t('audit.evidence.pdf')}
      </Button>
      {!inRow && (
        <Button variant="subtle" size={size} data-testid="evidence-json" onClick={() => void save('json')}>
          {t('audit.evidence.json')}
        </Button>
      )}
      <Text span size="sm" role="status">
        {saved === null ? '' : t('audit.evidence.saved', { name: saved })}
      </Text>
      <FailureLine failure={failure} />
    </div>
  );
}
