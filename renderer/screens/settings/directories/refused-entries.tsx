import { Alert, Table, Text } from '@mantine/core';
import type { DirectoryView } from '../../../../shared/api/directories.ts';
import { useTexts } from '../../../texts/use-texts.ts';

type Refused = NonNullable<DirectoryView['refused']>;
type Reason = Refused['entries'][number]['reason'];

/** The reasons whose texts for files speak of lines and cells. */
const ownTexts = ['bad-characters', 'excel-error'] as const;
const isOwn = (reason: Reason): reason is (typeof ownTexts)[number] => ownTexts.some((own) => own === reason);

/** Shows the entries of a directory that Reset Desk cannot read, and why, so that they can be corrected there. */
export function RefusedEntries({ directory: { refused } }: { readonly directory: DirectoryView }) {
  const t = useTexts();
  if (refused === null) return null;
  const { count, entries } = refused;
  const reasonOf = (reason: Reason) =>
    isOwn(reason) ? t(`directories.refused.reasons.${reason}`) : t(`import.reasons.${reason}`);
  return (
    <Alert color="yellow" title={t('directories.refused.title', { count })} data-testid="directory-refused">
      <Text size="sm">{t('directories.refused.lead')}</Text>
      <Table>
        <Table.Tbody>
          {entries.map(({ userName, reason, detail }, at) => (
            <Table.Tr key={`${at} ${userName}`}>
              <Table.Td>
                <bdi>{userName}</bdi>
              </Table.Td>
              <Table.Td>
                {reasonOf(reason)}
                {detail !== userName && detail !== '' && (
                  <>
                    : <bdi>{detail}</bdi>
                  </>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {count > entries.length && (
        <Text size="sm">{t('directories.refused.more', { count: count - entries.length })}</Text>
      )}
    </Alert>
  );
}
