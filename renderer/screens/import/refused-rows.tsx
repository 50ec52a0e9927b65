import { Badge, Group, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { TableRegion } from '../../parts/table-region/table-region.tsx';

/** The first 100 refused rows of an import with their reasons. `refused` is how many there are; a new number reads them again. */
export function RefusedRows({ importId, refused }: { readonly importId: string; readonly refused: number }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { data } = useQuery({
    queryKey: ['import', importId, 'refusals', refused],
    queryFn: () => valueOf(bridge.imports.refusals({ params: { importId }, query: { limit: 100 } })),
  });
  if (data === undefined || data.refusals.length === 0) return null;
  return (
    <>
      <Group gap={8}>
        <Text component="h3" fz={14} fw={600} m={0}>
          {t('import.refused')}
        </Text>
        <Badge variant="light">{refused.toLocaleString()}</Badge>
      </Group>
      <TableRegion label={t('import.refused')} testId="import-refusals">
        <Table>
          <Table.Thead>
            <Table.Tr>
              {(['line', 'reason', 'detail'] as const).map((name) => (
                <Table.Th key={name}>{t(`import.${name}`)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.refusals.map(({ line, reason, detail }) => (
              <Table.Tr key={line}>
                <Table.Td>{line}</Table.Td>
                <Table.Td>{t(`import.reasons.${reason}`)}</Table.Td>
                <Table.Td>
                  <bdi>{detail}</bdi>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </TableRegion>
    </>
  );
}
