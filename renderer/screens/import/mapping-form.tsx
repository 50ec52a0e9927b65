import { Button, Checkbox, Group, NativeSelect, NumberInput, Text, TextInput } from '@mantine/core';
import { delimiters, encodings, type ImportField, importFields } from '../../../shared/api/import-file.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { PreviewTables } from './preview-tables.tsx';
import { ReadingNotices } from './reading-notices.tsx';
import type { FileToImport, useImport } from './use-import.ts';

const delimiterNames = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
  '^': 'caret',
  '~': 'tilde',
  '\u001F': 'unitSeparator',
  '\uFF0C': 'wideComma',
  '\uFF1B': 'wideSemicolon',
  '|#|': 'barHashBar',
  '||': 'bars',
} as const;

interface MappingFormProps {
  readonly chosen: FileToImport;
  readonly steps: Pick<
    ReturnType<typeof useImport>,
    'changeFormat' | 'changeMapping' | 'fileSource' | 'changeSource' | 'run' | 'reset' | 'isBusy'
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
      <ReadingNotices chosen={chosen} onChange={steps.changeMapping} />
      <FormatFields chosen={chosen} onChange={steps.changeFormat} />
      <ColumnFields chosen={chosen} onChange={steps.changeMapping} />
      <SourceFields steps={steps} />
      <PreviewTables chosen={chosen} />
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

function FormatFields({ chosen: { mapping, preview }, onChange }: FormatFieldsProps) {
  const t = useTexts();
  return (
    <Group align="end">
      {preview.format === 'csv' && <EncodingFields mapping={mapping} onChange={onChange} />}
      <Checkbox
        label={t('import.header')}
        data-testid="import-header"
        checked={mapping.header}
        onChange={({ currentTarget }) => onChange({ header: currentTarget.checked })}
      />
      {mapping.header && (
        <NumberInput
          w={190}
          label={t('import.headerLine')}
          data-testid="import-header-line"
          min={1}
          max={1000}
          allowDecimal={false}
          value={mapping.headerLine ?? 1}
          onChange={(value) => {
            if (typeof value === 'number' && value >= 1 && value !== mapping.headerLine)
              onChange({ headerLine: value });
          }}
        />
      )}
    </Group>
  );
}

/** How the bytes of a CSV file are read. A workbook needs no such fields. */
function EncodingFields({
  mapping,
  onChange,
}: Pick<FormatFieldsProps, 'onChange'> & Pick<FileToImport, 'mapping'>) {
  const t = useTexts();
  return (
    <>
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
    </>
  );
}

/** Where the file comes from, and whether it contains every account of its source. */
function SourceFields({ steps: { fileSource, changeSource } }: Pick<MappingFormProps, 'steps'>) {
  const t = useTexts();
  return (
    <Group align="end">
      <TextInput
        label={t('import.source')}
        description={t('import.sourceHint')}
        data-testid="import-source"
        maxLength={60}
        value={fileSource.source}
        onChange={({ currentTarget: { value } }) => {
          changeSource({ ...fileSource, source: value });
        }}
      />
      <Checkbox
        label={t('import.complete')}
        data-testid="import-complete"
        checked={fileSource.complete}
        onChange={({ currentTarget: { checked } }) => {
          changeSource({ ...fileSource, complete: checked });
        }}
      />
    </Group>
  );
}

interface ColumnFieldsProps {
  readonly chosen: FileToImport;
  readonly onChange: MappingFormProps['steps']['changeMapping'];
}

function ColumnFields({ chosen: { mapping, preview }, onChange }: ColumnFieldsProps) {
  const t = useTexts();
  const moreColumnsOf = (field: ImportField): string | null => {
    const columns = (mapping.moreColumns?.[field] ?? [])
      .map((column) => preview.columns[column] ?? '')
      .join(', ');
    if (columns === '') return null;
    const isCombined = field === 'status' || field === 'expiresAt' || field === 'familyName';
    return t(isCombined ? 'import.combinedColumns' : 'import.moreColumns', { columns });
  };
  return (
    <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
      <Text component="legend" fw={600} mb={8}>
        {t('import.columns')}
      </Text>
      <Group gap={12} align="flex-start">
        {importFields.map((field) => (
          <NativeSelect
            key={field}
            w={170}
            label={t(`import.fields.${field}`)}
            data-testid={`import-column-${field}`}
            description={moreColumnsOf(field)}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={String(mapping.columns[field] ?? '')}
            data={[
              { value: '', label: t('import.noColumn') },
              ...preview.columns.map((name, index) => ({ value: String(index), label: name })),
            ]}
            onChange={({ currentTarget: { value } }) => {
              const { [field]: _replaced, ...others } = mapping.columns;
              const { [field]: _more, ...moreColumns } = mapping.moreColumns ?? {};
              const columns = value === '' ? others : { ...others, [field]: Number(value) };
              onChange({ ...mapping, columns, moreColumns });
            }}
          />
        ))}
      </Group>
    </fieldset>
  );
}
