import { useState } from 'react';
import { Button, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ImportView } from '../../shared/api/import.ts';
import type { Value } from '../../shared/bridge/contract.ts';
import type { Failure, Result } from '../../shared/errors/result.ts';
import { useConsoleBridge } from '../bridge/console-bridge.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { useWords } from '../texts/use-words.ts';
import { DropZone } from './drop-zone.tsx';
import { ImportPreviewForm } from './import-preview.tsx';
import { ImportRun } from './import-run.tsx';
import { useSamples } from './use-samples.ts';
import './import.css';

type ChosenFile = NonNullable<Value<'imports', 'choose'>>;

/** From a file to accounts: choose, look, import, read what was refused. */
export function ImportScreen({ onDesk }: { readonly onDesk: () => void }) {
  const words = useWords();
  const bridge = useConsoleBridge();
  const client = useQueryClient();
  const [file, setFile] = useState<ChosenFile | null>(null);
  const [run, setRun] = useState<ImportView | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const samples = useSamples(setRun);
  const take = (result: Result<ChosenFile | null>) => {
    setFailure(result.ok ? null : result.failure);
    if (result.ok && result.value !== null) setFile(result.value);
  };
  const again = () => {
    setRun(null);
    setFile(null);
    setFailure(null);
  };
  return (
    <main className="import">
      <h1 className="page-title">{words('import.title')}</h1>
      {run !== null ? (
        <ImportRun
          started={run}
          onAgain={again}
          onDesk={() => {
            void client.invalidateQueries();
            onDesk();
          }}
        />
      ) : file !== null ? (
        <ImportPreviewForm key={file.token} file={file} onRun={setRun} onOther={again} />
      ) : (
        <>
          <DropZone
            onChoose={async () => take(await bridge.imports.choose())}
            onDrop={async (dropped) => {
              const path = bridge.pathOf(dropped);
              if (path === '') setFailure({ code: 'file.unreadable' });
              else take(await bridge.imports.dropped({ path }));
            }}
          />
          <FailureLine failure={failure ?? samples.failure} />
          <Text c="dimmed">{words('import.samplesText')}</Text>
          <Button
            variant="default"
            style={{ alignSelf: 'flex-start' }}
            aria-disabled={samples.running}
            onClick={() => void samples.start()}
          >
            {words(samples.running ? 'desk.empty.importing' : 'import.samples')}
          </Button>
        </>
      )}
    </main>
  );
}
