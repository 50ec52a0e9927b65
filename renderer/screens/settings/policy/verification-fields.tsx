import { Checkbox, NumberInput, Table, Text } from '@mantine/core';
import { checkKinds, checkTable, type CheckKind } from '../../../../shared/api/check.ts';
import { policyRules } from '../../../../shared/api/policy-rules.ts';
import { tiers } from '../../../../shared/api/tiers.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import type { PolicyEditor } from './policy-editor.ts';
import { ruleLabel } from './rule-texts.ts';
import { listIn, valueAt } from './rule-path.ts';

interface VerificationFieldsProps {
  readonly editor: PolicyEditor;
}

/** The points of each check, and what each tier requires. */
export function VerificationFields({ editor }: VerificationFieldsProps) {
  return (
    <>
      <CheckTable editor={editor} />
      <TierTable editor={editor} />
    </>
  );
}

function CheckTable({ editor }: VerificationFieldsProps) {
  const t = useTexts();
  const kindsWithout = (path: string, kind: CheckKind, wanted: boolean) => {
    const chosen = listIn(valueAt(editor.document, path));
    return checkKinds.filter((other) => (other === kind ? wanted : chosen.includes(other)));
  };
  return (
    <>
      <h3>{t('settings.verification.checks')}</h3>
      <Table verticalSpacing={4} aria-label={t('settings.verification.checks')}>
        <Table.Thead>
          <Table.Tr>
            {(['check', 'restsOn', 'offered', 'weak', 'points'] as const).map((column) => (
              <Table.Th key={column}>{t(`settings.verification.${column}`)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {checkKinds.map((kind) => {
            const check = t(`case.checks.${kind}`);
            return (
              <Table.Tr key={kind}>
                <Table.Td>{check}</Table.Td>
                <Table.Td>
                  <Text size="sm" c="dimmed">
                    {t(`settings.verification.factorKinds.${checkTable[kind].factor}`)}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <Checkbox
                    aria-label={t('settings.verification.offer', { check })}
                    data-rule="checksOff"
                    checked={!listIn(valueAt(editor.document, 'checksOff')).includes(kind)}
                    onChange={({ currentTarget }) =>
                      editor.set('checksOff', kindsWithout('checksOff', kind, !currentTarget.checked))
                    }
                  />
                </Table.Td>
                <Table.Td>
                  <Checkbox
                    aria-label={t('settings.verification.offUnderAlert', { check })}
                    data-rule="weakChecks"
                    checked={listIn(valueAt(editor.document, 'weakChecks')).includes(kind)}
                    onChange={({ currentTarget }) =>
                      editor.set('weakChecks', kindsWithout('weakChecks', kind, currentTarget.checked))
                    }
                  />
                </Table.Td>
                <Table.Td>
                  {kind === 'security-questions' ? (
                    <Text size="sm">{t('settings.verification.never')}</Text>
                  ) : (
                    <AmountCell path={`points.${kind}`} editor={editor} />
                  )}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </>
  );
}

function TierTable({ editor }: VerificationFieldsProps) {
  const t = useTexts();
  return (
    <>
      <h3>{t('settings.verification.tiers')}</h3>
      <Table verticalSpacing={4} aria-label={t('settings.verification.tiers')}>
        <Table.Thead>
          <Table.Tr>
            {(['tier', 'bar', 'factors', 'unlockBar'] as const).map((column) => (
              <Table.Th key={column}>{t(`settings.verification.${column}`)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {tiers.map((tier) => (
            <Table.Tr key={tier}>
              <Table.Td>{t(`case.tiers.${tier}`)}</Table.Td>
              <Table.Td>
                <AmountCell path={`bars.${tier}`} editor={editor} />
              </Table.Td>
              <Table.Td>
                <AmountCell path={`factors.${tier}`} editor={editor} />
              </Table.Td>
              <Table.Td>
                <AmountCell path={`unlockBars.${tier}`} editor={editor} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

/** A number in a table, labelled by its rule. */
function AmountCell({ path, editor }: VerificationFieldsProps & { readonly path: string }) {
  const t = useTexts();
  const rule = policyRules.find((candidate) => candidate.path === path);
  if (rule === undefined) return null;
  const value = valueAt(editor.document, path);
  return (
    <NumberInput
      aria-label={ruleLabel(t, path)}
      data-rule={path}
      min={rule.least ?? 0}
      max={rule.most ?? 0}
      allowDecimal={false}
      clampBehavior="none"
      w={120}
      value={typeof value === 'number' && !Number.isNaN(value) ? value : ''}
      error={editor.faults.get(path)}
      onChange={(typed) => editor.set(path, typed === '' || typed === '-' ? Number.NaN : Number(typed))}
    />
  );
}
