import { Button, Checkbox, Group, NativeSelect, Table, Text } from '@mantine/core';
import { delimiters, encodings, importFields } from '../../../shared/api/import.ts';
import { useTexts } from '../../texts/use-texts.ts';
import type { FileToImport, useImport } from './use-import.ts';

const delimiterNames = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;
const previewRows = 8;

interface MappingFormProps {
  readonly chosen: FileToImport;
  readonly steps: Pick<
    ReturnType<typeof useImport>,
    'changeFormat' | 'changeColumns' | 'run' | 'reset' | 'isBusy'
  >;
}

/** How a chosen file is read and its columns are mapped, with its first rows. */
export function MappingForm({ chosen, steps }: MappingFormProps) {
  const t = useTexts();
  return (
    <>
      <Text component="h2" fz={15} fw={600} m={0}>
        {t('import.preview', { name: chosen.file.fileName })}
      </Text>
      <FormatFields chosen={chosen} onChange={steps.changeFormat} />
      <ColumnFields chosen={chosen} onChange={steps.changeColumns} />
      <PreviewTable chosen={chosen} />
      <Group>
        <Button loading={steps.isBusy} data-testid="import-run" onClick={steps.run}>
          {t('import.run')}
        </Button>
        <Button variant="default" data-testid="import-other" onClick={steps.reset}>
          {t('import.other')}
        </Button>
      </Group>
    </>
  );
}

interface FormatFieldsProps {
  readonly chosen: FileToImport;
  readonly onChange: MappingFormProps['steps']['changeFormat'];
}

function FormatFields({ chosen: { mapping }, onChange }: FormatFieldsProps) {
  const t = useTexts();
  return (
    <Group align="end">
      <NativeSelect
        label={t('import.encoding')}
        data-testid="import-encoding"
        data={[...encodings]}
        value={mapping.encoding}
        onChange={({ currentTarget: { value } }) => {
          const encoding = encodings.find((candidate) => candidate === value);
          if (encoding) onChange({ encoding });
        }}
      />
      <NativeSelect
        label={t('import.delimiter')}
        data-testid="import-delimiter"
        data={delimiters.map((delimiter) => ({
          value: delimiter,
          label: t(`import.delimiters.${delimiterNames[delimiter]}`),
        }))}
        value={mapping.delimiter}
        onChange={({ currentTarget: { value } }) => {
          const delimiter = delimiters.find((candidate) => candidate === value);
          if (delimiter) onChange({ delimiter });
        }}
      />
      <Checkbox
        label={t('import.header')}
        data-testid="import-header"
        checked={mapping.header}
        onChange={({ currentTarget }) => onChange({ header: currentTarget.checked })}
      />
    </Group>
  );
}

interface ColumnFieldsProps {
  readonly chosen: FileToImport;
  readonly onChange: MappingFormProps['steps']['changeColumns'];
}

function ColumnFields({ chosen: { mapping, preview }, onChange }: ColumnFieldsProps) {
  const t = useTexts();
  return (
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
            data-testid={`import-column-${field}`}
            value={String(mapping.columns[field] ?? '')}
            data={[
              { value: '', label: t('import.noColumn') },
              ...preview.columns.map((name, index) => ({ value: String(index), label: name })),
            ]}
            onChange={({ currentTarget: { value } }) => {
              const { [field]: _replaced, ...others } = mapping.columns;
              onChange(value === '' ? others : { ...others, [field]: Number(value) });
            }}
          />
        ))}
      </Group>
    </fieldset>
  );
}

function PreviewTable({ chosen: { file, preview } }: { readonly chosen: FileToImport }) {
  const t = useTexts();
  return (
    <div
      className="mapping"
      data-testid="import-preview"
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
          {preview.rows.slice(0, previewRows).map((row, index) => (
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
  );
}
