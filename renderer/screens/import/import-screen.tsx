import { Button, Group, Text } from '@mantine/core';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { DropZone } from '../../parts/files/drop-zone.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { ImportProgress } from './import-progress.tsx';
import { MappingForm } from './mapping-form.tsx';
import { useImport } from './use-import.ts';
import './import.css';

/** Imports accounts from a file: choose or drop it, map its columns, run, and see the result. */
export function ImportScreen({ onDone }: { readonly onDone: () => void }) {
  const t = useTexts();
  const steps = useImport();
  const { chosen, importId, progress } = steps;
  return (
    <main className="page" data-testid="import">
      <h1>{t('import.title')}</h1>
      <FailureLine failure={steps.failure} />
      {importId !== null && progress !== undefined && (
        <ImportProgress
          view={progress}
          uploadFailure={steps.uploadFailure}
          progressFailure={steps.progressFailure}
          onDone={onDone}
          onAgain={steps.reset}
          onConfirm={steps.confirm}
          onUndo={steps.undo}
          isBusy={steps.isBusy}
        />
      )}
      {steps.proofDialog}
      {importId === null && chosen === null && <FileChoice steps={steps} />}
      {importId === null && chosen !== null && <MappingForm chosen={chosen} steps={steps} />}
    </main>
  );
}

interface FileChoiceProps {
  readonly steps: Pick<ReturnType<typeof useImport>, 'choose' | 'drop' | 'importSamples' | 'isBusy'>;
}

function FileChoice({ steps }: FileChoiceProps) {
  const t = useTexts();
  return (
    <>
      <Text c="dimmed">{t('import.lead')}</Text>
      <DropZone className="drop" onFile={steps.drop}>
        <Text>{t('import.drop')}</Text>
        <Button autoFocus data-testid="import-choose" onClick={steps.choose}>
          {t('import.choose')}
        </Button>
      </DropZone>
      <Group>
        <Text c="dimmed">{t('import.samplesLead')}</Text>
        <Button
          variant="default"
          loading={steps.isBusy}
          data-testid="import-samples"
          onClick={steps.importSamples}
        >
          {t('import.samples')}
        </Button>
      </Group>
    </>
  );
}
