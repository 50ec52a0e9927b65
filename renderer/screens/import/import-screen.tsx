import { useState } from 'react';
import { Button, Checkbox, Group, NativeSelect, Progress, Table, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import {
  delimiters,
  encodings,
  importFields,
  type ImportMapping,
  type ImportPreview,
} from '../../../shared/api/import.ts';
import type { Value } from '../../../shared/bridge/contract.ts';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import { useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { DropZone } from '../../parts/files/drop-zone.tsx';
import { ImportProgress } from './import-progress.tsx';
import './import.css';

type Chosen = NonNullable<Value<'imports', 'choose'>>;
const delimiterNames = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;

/** Account files: chosen or dropped, looked at, mapped, imported, and reported on. */
export function ImportScreen({ onDone }: { readonly onDone: () => void }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const client = useQueryClient();
  const [file, setFile] = useState<Chosen | null>(null);
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [mapping, setMapping] = useState<ImportMapping | null>(null);
  const [importId, setImportId] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);

  const look = async (chosen: Chosen, how: Partial<ImportMapping> = {}) => {
    const { encoding, delimiter, header } = how;
    const answer = await bridge.imports.preview({
      token: chosen.token,
      query: {
        ...(encoding && { encoding }),
        ...(delimiter && { delimiter }),
        ...(header !== undefined && { header: header ? 'true' : 'false' }),
      },
    });
    setFailure(answer.ok ? null : answer.failure);
    if (!answer.ok) return;
    setFile(chosen);
    setPreview(answer.value);
    setMapping(answer.value.mapping);
  };
  const take = async (answer: Promise<Result<Chosen | null>>) => {
    const result = await answer;
    if (!result.ok) return setFailure(result.failure);
    if (result.value !== null) await look(result.value);
  };
  const drop = (dropped: File | undefined) => {
    const path = dropped ? bridge.pathOf(dropped) : '';
    if (path === '') return setFailure({ code: 'file.unreadable' });
    void take(bridge.imports.dropped({ path }));
  };
  const run = async () => {
    if (file === null || mapping === null) return;
    setBusy(true);
    const answer = await bridge.imports.run({ token: file.token, mapping });
    setBusy(false);
    setFailure(answer.ok ? null : answer.failure);
    if (answer.ok) setImportId(answer.value.id);
  };
  const samples = async () => {
    setBusy(true);
    const answer = await bridge.imports.samples({});
    setBusy(false);
    setFailure(answer.ok ? null : answer.failure);
    if (answer.ok) setImportId(answer.value.id);
  };
  const again = () => {
    setFile(null);
    setPreview(null);
    setImportId(null);
    setFailure(null);
    void client.invalidateQueries({ queryKey: ['desk'] });
  };
  const progress = useQuery({
    queryKey: ['import', importId],
    queryFn: () => valueOf(bridge.imports.progress({ params: { importId: importId ?? '' } })),
    enabled: importId !== null,
    refetchInterval: ({ state }) =>
      state.data && state.data.state !== 'running' && state.data.state !== 'waiting' ? false : 300,
  });

  return (
    <main className="page">
      <h1>{t('import.title')}</h1>
      <FailureLine failure={failure} />
      {importId !== null && progress.data === undefined && (
        <Progress value={0} aria-label={t('import.title')} />
      )}
      {importId !== null && progress.data !== undefined && (
        <ImportProgress view={progress.data} onDone={onDone} onAgain={again} />
      )}
      {importId === null && (file === null || preview === null || mapping === null) && (
        <>
          <Text c="dimmed">{t('import.lead')}</Text>
          <DropZone className="drop" onFile={drop}>
            <Text>{t('import.drop')}</Text>
            <Button autoFocus onClick={() => void take(bridge.imports.choose())}>
              {t('import.choose')}
            </Button>
          </DropZone>
          <Group>
            <Text c="dimmed">{t('import.samplesLead')}</Text>
            <Button variant="default" loading={busy} onClick={() => void samples()}>
              {t('import.samples')}
            </Button>
          </Group>
        </>
      )}
      {importId === null && file !== null && preview !== null && mapping !== null && (
        <>
          <Text component="h2" fz={15} fw={600} m={0}>
            {t('import.preview', { name: file.fileName })}
          </Text>
          <Group align="end">
            <NativeSelect
              label={t('import.encoding')}
              data={[...encodings]}
              value={mapping.encoding}
              onChange={(event) => {
                const encoding = encodings.find((one) => one === event.currentTarget.value);
                if (encoding) void look(file, { ...mapping, encoding });
              }}
            />
            <NativeSelect
              label={t('import.delimiter')}
              data={delimiters.map((sign) => ({
                value: sign,
                label: t(`import.delimiters.${delimiterNames[sign]}`),
              }))}
              value={mapping.delimiter}
              onChange={(event) => {
                const delimiter = delimiters.find((one) => one === event.currentTarget.value);
                if (delimiter) void look(file, { ...mapping, delimiter });
              }}
            />
            <Checkbox
              label={t('import.header')}
              checked={mapping.header}
              onChange={(event) => void look(file, { ...mapping, header: event.currentTarget.checked })}
            />
          </Group>
          <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
            <Text component="legend" fw={600} mb={8}>
              {t('import.columns')}
            </Text>
            <Group gap={12}>
              {importFields.map((field) => (
                <NativeSelect
                  key={field}
                  w={170}
                  label={t(`import.fields.${field}`)}
                  value={String(mapping.columns[field] ?? '')}
                  data={[
                    { value: '', label: t('import.noColumn') },
                    ...preview.columns.map((name, index) => ({ value: String(index), label: name })),
                  ]}
                  onChange={(event) => {
                    const { value } = event.currentTarget;
                    const { [field]: _replaced, ...others } = mapping.columns;
                    setMapping({
                      ...mapping,
                      columns: value === '' ? others : { ...others, [field]: Number(value) },
                    });
                  }}
                />
              ))}
            </Group>
          </fieldset>
          <div
            className="mapping"
            tabIndex={0}
            role="region"
            aria-label={t('import.preview', { name: file.fileName })}
          >
            <Table>
              <Table.Thead>
                <Table.Tr>
                  {preview.columns.map((name, index) => (
                    <Table.Th key={`${index} ${name}`}>{name}</Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {preview.rows.slice(0, 8).map((row, index) => (
                  <Table.Tr key={`${index} ${row[0] ?? ''}`}>
                    {row.map((value, column) => (
                      <Table.Td key={`${column} ${value}`}>
                        <bdi>{value}</bdi>
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
          <Group>
            <Button loading={busy} onClick={() => void run()}>
              {t('import.run')}
            </Button>
            <Button variant="default" onClick={again}>
              {t('import.other')}
            </Button>
          </Group>
        </>
      )}
    </main>
  );
}
