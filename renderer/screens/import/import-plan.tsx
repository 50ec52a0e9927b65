import { useState } from 'react';
import { Alert, Badge, Button, Group, SegmentedControl, Table, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ImportWarningReason } from '../../../shared/api/import-file.ts';
import type { ImportRow, ImportView } from '../../../shared/api/import-view.ts';
import { useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { useTexts, type Translate } from '../../texts/use-texts.ts';
import { TableRegion } from '../../parts/table-region/table-region.tsx';

const pageSize = 100;
/** The kinds of rows that can be listed, each with the count that says whether there are any. */
const listed = { new: 'created', changed: 'changed', held: 'held', closed: 'closed' } as const;
type Kind = keyof typeof listed | 'kept';

const knownFields = [
  'userName',
  'displayName',
  'email',
  'phone',
  'employeeNumber',
  'department',
  'manager',
  'tier',
  'status',
  'id',
] as const;

function fieldName(t: Translate, field: string): string {
  const known = knownFields.find((name) => name === field);
  if (known !== undefined) return t(`import.fields.${known}`);
  if (field === 'starts') return t('import.fields.startsAt');
  return field === 'expires' ? t('import.fields.expiresAt') : t('import.plan.notation');
}

/** What an import changes: the rows of each kind, page by page, and values that are not used. */
export function ImportPlan({ view }: { readonly view: ImportView }) {
  const t = useTexts();
  const kinds: Kind[] = (Object.keys(listed) as (keyof typeof listed)[]).filter(
    (kind) => view[listed[kind]] > 0,
  );
  if ((view.undone?.kept ?? 0) > 0) kinds.push('kept');
  const [chosen, setChosen] = useState<Kind | null>(null);
  // Rows that need a decision come first: held rows, then closings, then changes.
  const kind =
    chosen ?? (['kept', 'held', 'closed', 'changed', 'new'] as const).find((one) => kinds.includes(one));
  return (
    <>
      <MassChanges view={view} />
      {kind !== undefined && (
        <>
          <SegmentedControl
            aria-label={t('import.plan.rows')}
            data-testid="import-kinds"
            style={{ alignSelf: 'flex-start' }}
            value={kind}
            data={kinds.map((value) => ({ value, label: t(`import.plan.kinds.${value}`) }))}
            onChange={(value) => {
              setChosen(kinds.find((one) => one === value) ?? null);
            }}
          />
          <Text c="dimmed">{t(`import.plan.leads.${kind}`)}</Text>
          <PlanRows view={view} kind={kind} />
        </>
      )}
      <Warnings importId={view.id} />
    </>
  );
}

function MassChanges({ view: { massChanges, counts, refused } }: { readonly view: ImportView }) {
  const t = useTexts();
  if (massChanges.length === 0 || counts === null) return null;
  return (
    <Alert color="orange" title={t('import.plan.mass')} data-testid="import-mass">
      <ul>
        {massChanges.map((name) => (
          <li key={name}>
            {name === 'closed-despite-refused'
              ? t('import.plan.massKinds.closed-despite-refused', { count: refused })
              : t(`import.plan.massKinds.${name}`, { count: counts[name] ?? 0 })}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function PlanRows({ view, kind }: { readonly view: ImportView; readonly kind: Kind }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const pages = useInfiniteQuery({
    queryKey: ['import', view.id, 'rows', kind, view.state],
    queryFn: ({ pageParam }) =>
      valueOf(
        bridge.imports.rows({
          params: { importId: view.id },
          query: { kind, after: pageParam, limit: pageSize },
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (page) => (page.more ? page.rows.at(-1)?.line : undefined),
  });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <TableRegion label={t(`import.plan.kinds.${kind}`)} testId="import-rows" className="plan">
      <Table>
        <Table.Thead>
          <Table.Tr>
            {kind !== 'closed' && <Table.Th>{t('import.line')}</Table.Th>}
            <Table.Th>{t('import.fields.userName')}</Table.Th>
            <Table.Th>{t('import.fields.displayName')}</Table.Th>
            {kind !== 'closed' && kind !== 'new' && <Table.Th>{t('import.plan.what')}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.line}>
              {kind !== 'closed' && <Table.Td>{row.line}</Table.Td>}
              <Table.Td>
                <bdi>{row.userName}</bdi>
              </Table.Td>
              <Table.Td>
                <bdi>{row.displayName}</bdi>
              </Table.Td>
              {kind !== 'closed' && kind !== 'new' && (
                <Table.Td className="changes">
                  <RowChanges row={row} />
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {pages.hasNextPage && (
        <Button
          variant="subtle"
          loading={pages.isFetchingNextPage}
          data-testid="import-more"
          onClick={() => void pages.fetchNextPage()}
        >
          {t('import.plan.more')}
        </Button>
      )}
    </TableRegion>
  );
}

function RowChanges({ row }: { readonly row: ImportRow }) {
  const t = useTexts();
  if (row.holdReason !== null) return t(`import.holds.${row.holdReason}`);
  return row.changes.map(({ field, from, to }) => (
    <div key={field}>
      {fieldName(t, field)}
      {field !== 'notation' && (
        <>
          {': '}
          <bdi>{from ?? t('import.plan.nothing')}</bdi> → <bdi>{to ?? t('import.plan.nothing')}</bdi>
        </>
      )}
    </div>
  ));
}

/** The reasons that are about a whole line and not about a value in one of its columns. */
const aboutLines: ReadonlySet<ImportWarningReason> = new Set(['line-skipped', 'header-repeated']);

function Warnings({ importId }: { readonly importId: string }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const warnings = useQuery({
    queryKey: ['import', importId, 'warnings'],
    queryFn: () => valueOf(bridge.imports.warnings({ params: { importId } })),
  });
  const rows = warnings.data?.warnings ?? [];
  if (rows.length === 0) return null;
  return (
    <>
      <Group gap={8}>
        <Text component="h3" fz={14} fw={600} m={0}>
          {t('import.unusedValues.title')}
        </Text>
        <Badge variant="light">{rows.length}</Badge>
      </Group>
      <TableRegion label={t('import.unusedValues.title')} testId="import-warnings">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('import.unusedValues.field')}</Table.Th>
              <Table.Th>{t('import.detail')}</Table.Th>
              <Table.Th>{t('import.reason')}</Table.Th>
              <Table.Th>{t('import.unusedValues.rows')}</Table.Th>
              <Table.Th>{t('import.unusedValues.firstLine')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ reason, field, value, rows: count, firstLine }) => (
              <Table.Tr key={`${reason} ${field} ${value}`}>
                <Table.Td>{aboutLines.has(reason) ? '' : t(`import.fields.${field}`)}</Table.Td>
                <Table.Td>
                  <bdi>{value}</bdi>
                </Table.Td>
                <Table.Td>{t(`import.warnings.reasons.${reason}`)}</Table.Td>
                <Table.Td>{count.toLocaleString()}</Table.Td>
                <Table.Td>{firstLine}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </TableRegion>
    </>
  );
}
