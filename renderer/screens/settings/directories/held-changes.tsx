import { Alert, Table, Text } from '@mantine/core';
import type { DirectoryView } from '../../../../shared/api/directories.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';
import { formatPastTime } from '../../../parts/clock/format-time.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { AllowForm } from './allow-form.tsx';

interface HeldChangesProps {
  readonly directory: DirectoryView;
  readonly onChange: () => void;
}
type Held = NonNullable<DirectoryView['heldChanges']>;

const kinds = ['contact', 'tier', 'manager'] as const;

/** Shows the changes of very many accounts that wait, and lets the administrator allow these and no others. */
export function HeldChanges({ directory: { id, heldChanges }, onChange }: HeldChangesProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  if (heldChanges === null) return null;
  const { since, until, counts } = heldChanges;
  return (
    <Alert color="yellow" title={t('directories.heldChanges.title')} data-testid="directory-held-changes">
      <Text size="sm">{t('directories.heldChanges.lead', { time: formatPastTime(since) })}</Text>
      <ul>
        {kinds
          .filter((kind) => counts[kind] > 0)
          .map((kind) => (
            <li key={kind}>{t(`import.plan.massKinds.${kind}`, { count: counts[kind] })}</li>
          ))}
      </ul>
      <Examples held={heldChanges} />
      <AllowForm
        texts={{
          allow: t('directories.heldChanges.allow'),
          allowed: t('directories.heldChanges.allowed'),
        }}
        name="directory-allow-changes"
        allow={(reason) =>
          bridge.directories.allowChanges({ params: { directoryId: id }, body: { until, reason } })
        }
        onChange={onChange}
      />
    </Alert>
  );
}

function Examples({ held: { accounts, examples } }: { readonly held: Held }) {
  const t = useTexts();
  const valueOf = (value: string | null) => value ?? t('import.plan.nothing');
  return (
    <>
      <Table>
        <Table.Tbody>
          {examples.map(({ userName, displayName, changes }) => (
            <Table.Tr key={userName}>
              <Table.Td>
                {displayName} ({userName})
              </Table.Td>
              <Table.Td>
                {changes.map(({ field, from, to }) => (
                  <div key={field}>
                    {valueOf(from)} → {valueOf(to)}
                  </div>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {accounts > examples.length && (
        <Text size="sm">{t('directories.heldChanges.more', { count: accounts - examples.length })}</Text>
      )}
    </>
  );
}
