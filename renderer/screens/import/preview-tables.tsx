import { Table, Text } from '@mantine/core';
import type { ImportPreview } from '../../../shared/api/import-file.ts';
import { formatDate, fullStamp } from '../../parts/clock/format-time.ts';
import { useTexts } from '../../texts/use-texts.ts';
import type { FileToImport } from './use-import.ts';
import { TableRegion } from '../../parts/table-region/table-region.tsx';

const shownRows = 8;

/** The first rows of a file: as they will be imported, and as they are in the file. */
export function PreviewTables({ chosen: { file, preview } }: { readonly chosen: FileToImport }) {
  const t = useTexts();
  const { counts } = preview;
  return (
    <>
      {preview.people.length > 0 && (
        <>
          <Text component="h3" fz={14} fw={600} m={0}>
            {t('import.asImported')}
          </Text>
          <Text c="dimmed" data-testid="import-counts">
            {t('import.sampleCounts', { ...counts, count: counts.rows })}
          </Text>
          <PeopleTable people={preview.people} />
        </>
      )}
      <Text component="h3" fz={14} fw={600} m={0}>
        {t('import.asInFile')}
      </Text>
      <TableRegion label={t('import.preview', { name: file.fileName })} testId="import-preview">
        <Table>
          <Table.Thead>
            <Table.Tr>
              {preview.columns.map((name, index) => (
                <Table.Th key={`${index} ${name}`}>{name}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {preview.rows.slice(0, shownRows).map((row, index) => (
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
      </TableRegion>
    </>
  );
}

function PeopleTable({ people }: Pick<ImportPreview, 'people'>) {
  const t = useTexts();
  return (
    <TableRegion label={t('import.asImported')} testId="import-people">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('import.line')}</Table.Th>
            {(['userName', 'displayName', 'email', 'phone', 'status', 'startsAt', 'expiresAt'] as const).map(
              (field) => (
                <Table.Th key={field}>{t(`import.fields.${field}`)}</Table.Th>
              ),
            )}
            <Table.Th>{t('import.remarks')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.slice(0, shownRows).map((person) => (
            <PersonRow key={person.line} person={person} />
          ))}
        </Table.Tbody>
      </Table>
    </TableRegion>
  );
}

function PersonRow({ person }: { readonly person: ImportPreview['people'][number] }) {
  const t = useTexts();
  const { line, userName, displayName, email, phone, statuses, startsAt, expiresAt, refusal, warnings } =
    person;
  const remarks =
    refusal === null
      ? warnings.map(({ reason, value }) =>
          [t(`import.warnings.reasons.${reason}`), value].filter(Boolean).join(': '),
        )
      : [t('import.rejected', { reason: t(`import.reasons.${refusal}`) })];
  return (
    <Table.Tr>
      <Table.Td>{line}</Table.Td>
      {[userName, displayName, email, phone].map((value, at) => (
        <Table.Td key={at}>
          <bdi>{value}</bdi>
        </Table.Td>
      ))}
      <Table.Td>{statuses.map((status) => t(`search.statuses.${status}`)).join(', ')}</Table.Td>
      {[startsAt, expiresAt].map((day, at) => (
        <Table.Td key={at} {...(day !== null && { title: fullStamp(day) })}>
          {day !== null && formatDate(day)}
        </Table.Td>
      ))}
      <Table.Td className="remarks">
        <bdi>{remarks.join('. ')}</bdi>
      </Table.Td>
    </Table.Tr>
  );
}
