import { useRef, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ImportMapping, ImportPreview } from '../../../shared/api/import-file.ts';
import type { ImportView } from '../../../shared/api/import-view.ts';
import type { Bridge, Value } from '../../../shared/bridge/contract.ts';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import type { ProposedAnswer } from '../../../shared/api/protected-change-view.ts';
import { isProposed } from '../../parts/protected-changes/sent-change.ts';
import { useProven } from '../../parts/proof/use-proven.tsx';
import { failureOf, useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';

type PreviewQuery = Parameters<Bridge['imports']['preview']>[0]['query'];
type ChosenFile = NonNullable<Value<'imports', 'choose'>>;

/** A chosen file, with its first rows and how its columns are mapped to fields. */
export interface FileToImport {
  readonly file: ChosenFile;
  readonly preview: ImportPreview;
  readonly mapping: ImportMapping;
}

/** Milliseconds between reads of a running import's progress; the second after a read or the upload has failed. */
const pollIntervalMs = 300;
const slowPollIntervalMs = 2000;

/** Whether the import proceeds without a further action. */
export const isRunning = ({ state }: Pick<ImportView, 'state'>): boolean =>
  state === 'running' || state === 'waiting' || state === 'analysing';

/** The system that a file comes from, and whether it has all of its accounts. */
export interface FileSource {
  readonly source: string;
  readonly complete: boolean;
}

/** The steps of an import: choose a file, map its columns, run, follow the progress. */
export function useImport() {
  const bridge = useConsoleBridge();
  const client = useQueryClient();
  const proven = useProven();
  const [chosen, setChosen] = useState<FileToImport | null>(null);
  const [fileSource, setFileSource] = useState<FileSource>({ source: 'file', complete: false });
  const [importId, setImportId] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  // Only main knows why a file did not reach the server, which keeps waiting for it.
  const upload = useQuery({
    queryKey: ['import', importId, 'upload'],
    queryFn: () => valueOf(bridge.imports.upload({ importId: importId ?? '' })),
    enabled: importId !== null,
    refetchInterval: ({ state }) => (state.data?.isRunning === false ? false : pollIntervalMs),
  });
  const uploadFailure = upload.data?.failure ?? null;
  const progress = useQuery({
    queryKey: ['import', importId],
    queryFn: () => valueOf(bridge.imports.progress({ params: { importId: importId ?? '' } })),
    enabled: importId !== null,
    refetchInterval: ({ state }) => {
      if (state.data && !isRunning(state.data)) return false;
      return state.error === null && uploadFailure === null ? pollIntervalMs : slowPollIntervalMs;
    },
  });

  const latestPreview = useRef(0);
  const readPreview = async (file: ChosenFile, query: PreviewQuery = {}) => {
    const number = (latestPreview.current += 1);
    const answer = await bridge.imports.preview({ token: file.token, query });
    // A choice made in the meantime has a preview of its own.
    if (number !== latestPreview.current) return;
    setFailure(answer.ok ? null : answer.failure);
    if (answer.ok) setChosen({ file, preview: answer.value, mapping: answer.value.mapping });
  };
  const open = async (choice: Promise<Result<ChosenFile | null>>) => {
    const result = await choice;
    if (!result.ok) return setFailure(result.failure);
    if (result.value !== null) await readPreview(result.value);
  };
  const start = async (call: () => Promise<Result<ImportView | ProposedAnswer>>) => {
    setIsBusy(true);
    const answer = await proven.run(call);
    setIsBusy(false);
    setFailure(answer.ok ? null : answer.failure);
    // A mass change waits for a second administrator, which the proof's dialog has said.
    if (!answer.ok || isProposed(answer.value)) return;
    client.setQueryData(['import', answer.value.id], answer.value);
    setImportId(answer.value.id);
  };

  return {
    chosen,
    importId,
    /** Undefined while no import was started. */
    progress: progress.data,
    uploadFailure,
    /** Why the progress cannot be read at the moment. */
    progressFailure: failureOf(progress.error),
    failure,
    /** Asks for a proof of identity; the screen renders it. */
    proofDialog: proven.dialog,
    isBusy,
    choose: () => void open(bridge.imports.choose()),
    drop: (dropped: File | undefined) => {
      if (dropped === undefined) return setFailure({ code: 'file.unreadable' });
      void open(bridge.dropFile(dropped));
    },
    /** Reads the file again with another encoding, delimiter or header. The backend proposes the columns anew. */
    changeFormat: (format: Partial<ImportMapping>) => {
      if (chosen === null) return;
      const { encoding, delimiter, header, headerLine } = { ...chosen.mapping, ...format };
      void readPreview(chosen.file, {
        encoding,
        delimiter,
        header: header ? 'true' : 'false',
        ...(header && format.headerLine !== undefined && headerLine !== undefined && { headerLine }),
      });
    },
    /** Shows how the rows are read with another mapping. */
    changeMapping: (mapping: ImportMapping) => {
      if (chosen === null) return;
      setChosen({ ...chosen, mapping });
      void readPreview(chosen.file, { mapping: JSON.stringify(mapping) });
    },
    run: () => {
      if (chosen === null) return;
      const { file, mapping } = chosen;
      void start(() => bridge.imports.run({ token: file.token, mapping, ...fileSource }));
    },
    fileSource,
    changeSource: setFileSource,
    /** Applies what was read. */
    confirm: () => {
      if (importId !== null) void start(() => bridge.imports.confirm({ params: { importId } }));
    },
    undo: () => {
      if (importId !== null) void start(() => bridge.imports.undo({ params: { importId } }));
    },
    importSamples: () => void start(() => bridge.imports.samples({})),
    reset: () => {
      setChosen(null);
      setImportId(null);
      setFailure(null);
      void client.invalidateQueries({ queryKey: ['desk'] });
    },
  };
}
