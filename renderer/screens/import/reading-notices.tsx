import { Button, Group, NativeSelect, Paper, Stack, Text } from '@mantine/core';
import { dateOrders, importStatuses, type ImportMapping } from '../../../shared/api/import-file.ts';
import { useTexts } from '../../texts/use-texts.ts';
import type { FileToImport } from './use-import.ts';

interface ReadingNoticesProps {
  readonly chosen: FileToImport;
  readonly onChange: (mapping: ImportMapping) => void;
}

/** How a file was recognised, what may be wrong with its text, and what only the administrator knows. */
export function ReadingNotices({ chosen, onChange }: ReadingNoticesProps) {
  const t = useTexts();
  const { preview, mapping } = chosen;
  const { notices, source, isRemembered, missing } = preview;
  return (
    <Stack gap={8} data-testid="import-notices">
      {(source !== null || isRemembered) && (
        <Text c="dimmed">
          {source !== null && t('import.recognised', { source })} {isRemembered && t('import.remembered')}
        </Text>
      )}
      {missing.length > 0 && (
        <Text role="status" fw={600}>
          {t('import.missing', { fields: missing.map((field) => t(`import.fields.${field}`)).join(', ') })}
        </Text>
      )}
      {notices.map(({ kind, line, column, detail }) => (
        <Text key={kind} role="status" className="reading-notice" data-kind={kind}>
          {t(`import.notices.${kind}`, { line, column: column ?? '', detail })}
        </Text>
      ))}
      <UnusedColumns chosen={chosen} onChange={onChange} />
      <StatusQuestions chosen={chosen} onChange={onChange} />
      {(preview.isDateOrderOpen || mapping.dateOrder !== undefined) && (
        <NativeSelect
          w={360}
          label={t('import.dateOrder')}
          data-testid="import-date-order"
          value={mapping.dateOrder ?? ''}
          data={[
            { value: '', label: t('import.dateOrders.open') },
            ...dateOrders.map((order) => ({ value: order, label: t(`import.dateOrders.${order}`) })),
          ]}
          onChange={({ currentTarget: { value } }) => {
            const { dateOrder: _before, ...others } = mapping;
            const dateOrder = dateOrders.find((order) => order === value);
            onChange(dateOrder === undefined ? others : { ...others, dateOrder });
          }}
        />
      )}
    </Stack>
  );
}

/** Columns that no field uses although they look like one. */
function UnusedColumns({ chosen: { preview, mapping }, onChange }: ReadingNoticesProps) {
  const t = useTexts();
  return preview.unused.map(({ column, field }) => (
    <Group key={column} gap={12} data-testid="import-unused">
      <Text role="status" className="reading-notice">
        {t('import.unused', { column: preview.columns[column] ?? '', field: t(`import.fields.${field}`) })}
      </Text>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => {
          const isFirst = mapping.columns[field] === undefined;
          onChange(
            isFirst
              ? { ...mapping, columns: { ...mapping.columns, [field]: column } }
              : {
                  ...mapping,
                  moreColumns: {
                    ...mapping.moreColumns,
                    [field]: [...(mapping.moreColumns?.[field] ?? []), column],
                  },
                },
          );
        }}
      >
        {t('import.useColumn')}
      </Button>
    </Group>
  ));
}

/** Asks once for each word of the status columns that is not known. */
function StatusQuestions({ chosen: { preview, mapping }, onChange }: ReadingNoticesProps) {
  const t = useTexts();
  const answered = Object.entries(mapping.statuses ?? {});
  const open = preview.unknownStatuses.filter(
    ({ word }) => mapping.statuses?.[word.toLowerCase()] === undefined,
  );
  if (open.length === 0 && answered.length === 0) return null;
  const words = [
    ...open.map(({ word, rows }) => ({
      word,
      key: word.toLowerCase(),
      label: t('import.statusWord', { word, count: rows }),
    })),
    ...answered.map(([word]) => ({
      word,
      key: word,
      label: word === '' ? t('import.statusEmpty') : t('import.statusAnswered', { word }),
    })),
  ];
  return (
    <Paper withBorder p={12} data-testid="import-statuses">
      <Text fw={600} mb={4}>
        {t('import.statusQuestion')}
      </Text>
      <Text c="dimmed" mb={8}>
        {t('import.statusLead')}
      </Text>
      <Group gap={12}>
        {words.map(({ key, label }) => (
          <NativeSelect
            key={key}
            w={220}
            label={label}
            value={mapping.statuses?.[key] ?? ''}
            data={[
              // Without its answer, a code such as 1 would be read as a yes.
              ...(mapping.statuses?.[key] === undefined
                ? [{ value: '', label: t('import.statusOpen') }]
                : []),
              ...importStatuses.map((status) => ({ value: status, label: t(`search.statuses.${status}`) })),
            ]}
            onChange={({ currentTarget: { value } }) => {
              const { [key]: _before, ...others } = mapping.statuses ?? {};
              const status = importStatuses.find((known) => known === value);
              onChange({
                ...mapping,
                statuses: status === undefined ? others : { ...others, [key]: status },
              });
            }}
          />
        ))}
      </Group>
    </Paper>
  );
}
