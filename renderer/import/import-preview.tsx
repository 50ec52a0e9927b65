import { useState } from 'react';
import { Button, Checkbox, Group, NativeSelect, Skeleton, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import {
  delimiters,
  encodings,
  importFields,
  type ImportMapping,
  type ImportPreview,
  type ImportView,
} from '../../shared/api/import.ts';
import type { Args, Value } from '../../shared/bridge/contract.ts';
import type { Failure } from '../../shared/errors/result.ts';
import { failureOf, useConsoleBridge, valueOf } from '../bridge/console-bridge.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { useWords } from '../texts/use-words.ts';
import { neededFields, withColumn } from './needed-fields.ts';

interface ImportPreviewFormProps {
  readonly file: NonNullable<Value<'imports', 'choose'>>;
  readonly onRun: (view: ImportView) => void;
  readonly onOther: () => void;
}
type How = NonNullable<Args<'imports', 'preview'>['query']>;

const size = (bytes: number) =>
  bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000)).toLocaleString()} kB`
    : `${(bytes / 1_000_000).toLocaleString(undefined, { maximumFractionDigits: 1 })} MB`;

/** The head of the file as it will be read, with a field for each column. */
export function ImportPreviewForm({ file, onRun, onOther }: ImportPreviewFormProps) {
  const words = useWords();
  const bridge = useConsoleBridge();
  const [how, setHow] = useState<How>({});
  const [chosen, setChosen] = useState<ImportMapping['columns'] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [working, setWorking] = useState(false);
  const query = useQuery({
    queryKey: ['import-preview', file.token, how],
    queryFn: () => valueOf(bridge.imports.preview({ token: file.token, query: how })),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const preview = query.data;
  const mapping = preview && { ...preview.mapping, columns: chosen ?? preview.mapping.columns };
  const readAs = (part: How) => {
    setHow((now) => ({ ...now, ...part }));
    setChosen(null);
  };
  const run = async () => {
    if (mapping === undefined || working || neededFields(mapping).length > 0) return;
    setWorking(true);
    const result = await bridge.imports.run({ token: file.token, mapping });
    setWorking(false);
    setFailure(result.ok ? null : result.failure);
    if (result.ok) onRun(result.value);
  };
  const needed = mapping === undefined ? [] : neededFields(mapping);
  return (
    <>
      <Text>
        <bdi>{words('import.preview.file', { name: file.fileName, size: size(file.bytes) })}</bdi>
      </Text>
      <div className="import-how">
        <NativeSelect
          label={words('import.preview.encoding')}
          value={how.encoding ?? mapping?.encoding ?? 'utf-8'}
          data={[...encodings]}
          onChange={(event) => {
            const encoding = encodings.find((one) => one === event.currentTarget.value);
            if (encoding !== undefined) readAs({ encoding });
          }}
        />
        <NativeSelect
          label={words('import.preview.delimiter')}
          value={how.delimiter ?? mapping?.delimiter ?? ','}
          data={delimiters.map((value) => ({ value, label: words(`import.preview.delimiters.${value}`) }))}
          onChange={(event) => {
            const delimiter = delimiters.find((one) => one === event.currentTarget.value);
            if (delimiter !== undefined) readAs({ delimiter });
          }}
        />
        <Checkbox
          mb={8}
          label={words('import.preview.header')}
          checked={how.header === undefined ? (mapping?.header ?? true) : how.header === 'true'}
          onChange={(event) => readAs({ header: event.currentTarget.checked ? 'true' : 'false' })}
        />
      </div>
      <FailureLine failure={failureOf(query.error) ?? failure} />
      {query.isPending && <Skeleton height={240} aria-label={words('import.reading')} />}
      {preview !== undefined && mapping !== undefined && !query.isError && (
        <PreviewTable preview={preview} mapping={mapping} onMapping={(next) => setChosen(next.columns)} />
      )}
      {mapping !== undefined && (
        <Text role="status" size="sm" c={needed.length > 0 ? 'var(--desk-amber)' : 'dimmed'}>
          {needed.length > 0
            ? words('import.preview.missing', {
                fields: needed.map((field) => words(`import.fields.${field}`)).join(', '),
              })
            : words('import.preview.complete')}
        </Text>
      )}
      <Group gap={8}>
        <Button
          aria-disabled={working || mapping === undefined || needed.length > 0 || query.isError}
          data-disabled={mapping === undefined || needed.length > 0 || query.isError || undefined}
          onClick={() => void run()}
        >
          {words('import.preview.run')}
        </Button>
        <Button variant="default" onClick={onOther}>
          {words('import.preview.other')}
        </Button>
      </Group>
    </>
  );
}

interface PreviewTableProps {
  readonly preview: ImportPreview;
  readonly mapping: ImportMapping;
  readonly onMapping: (mapping: ImportMapping) => void;
}

function PreviewTable({ preview, mapping, onMapping }: PreviewTableProps) {
  const words = useWords();
  return (
    <div
      className="import-table card"
      role="region"
      aria-label={words('import.preview.table')}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
      tabIndex={0}
    >
      <table>
        <thead>
          <tr>
            {preview.columns.map((name, column) => (
              <th key={`${column} ${name}`} scope="col">
                <bdi>{name}</bdi>
                <NativeSelect
                  size="xs"
                  aria-label={words('import.preview.column', { column: name })}
                  value={importFields.find((field) => mapping.columns[field] === column) ?? ''}
                  data={[
                    { value: '', label: words('import.preview.unused') },
                    ...importFields.map((field) => ({
                      value: field,
                      label: words(`import.fields.${field}`),
                    })),
                  ]}
                  onChange={(event) => {
                    const field = importFields.find((one) => one === event.currentTarget.value) ?? null;
                    onMapping(withColumn(mapping, column, field));
                  }}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.map((row, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- rows of a file have no other identity
            <tr key={index}>
              {row.map((value, column) => (
                // oxlint-disable-next-line react/no-array-index-key -- nor have its cells
                <td key={column} title={value}>
                  <bdi>{value}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
