import { Checkbox, NumberInput, Table, Text } from '@mantine/core';
import { checkKinds, factorOf, type CheckKind } from '../../shared/api/check.ts';
import type { PolicyDocument } from '../../shared/api/policy.ts';
import { useWords } from '../texts/use-words.ts';

interface VerificationFieldsProps {
  readonly form: PolicyDocument;
  readonly onChange: (form: PolicyDocument) => void;
}

const tiers = ['standard', 'sensitive', 'privileged'] as const;

const toggled = (kinds: readonly CheckKind[], kind: CheckKind): CheckKind[] =>
  kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind];

/** What each check earns, what each tier asks for. */
export function VerificationFields({ form, onChange }: VerificationFieldsProps) {
  const words = useWords();
  const number = (
    label: string,
    value: number,
    most: number,
    least: number,
    set: (value: number) => void,
  ) => (
    <NumberInput
      aria-label={label}
      min={least}
      max={most}
      allowDecimal={false}
      clampBehavior="strict"
      w={96}
      value={value}
      onChange={(typed) => typed !== '' && set(Number(typed))}
    />
  );
  return (
    <>
      <h3>{words('settings.verification.checks')}</h3>
      <Table verticalSpacing={4} aria-label={words('settings.verification.checks')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words('settings.verification.check')}</Table.Th>
            <Table.Th>{words('settings.verification.restsOn')}</Table.Th>
            <Table.Th>{words('settings.verification.offered')}</Table.Th>
            <Table.Th>{words('settings.verification.weak')}</Table.Th>
            <Table.Th>{words('settings.verification.points')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {checkKinds.map((kind) => {
            const check = words(`case.checks.${kind}`);
            return (
              <Table.Tr key={kind}>
                <Table.Td>{check}</Table.Td>
                <Table.Td>
                  <Text size="sm" c="dimmed">
                    {words(`settings.verification.factorKinds.${factorOf[kind]}`)}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <Checkbox
                    aria-label={words('settings.verification.offer', { check })}
                    checked={!form.checksOff.includes(kind)}
                    onChange={() => onChange({ ...form, checksOff: toggled(form.checksOff, kind) })}
                  />
                </Table.Td>
                <Table.Td>
                  <Checkbox
                    aria-label={words('settings.verification.offUnderAlert', { check })}
                    checked={form.weakChecks.includes(kind)}
                    onChange={() => onChange({ ...form, weakChecks: toggled(form.weakChecks, kind) })}
                  />
                </Table.Td>
                <Table.Td>
                  {kind === 'security-questions' ? (
                    <Text size="sm">{words('settings.verification.never')}</Text>
                  ) : (
                    number(
                      words('settings.verification.pointsOf', { check }),
                      form.points[kind],
                      200,
                      0,
                      (points) => onChange({ ...form, points: { ...form.points, [kind]: points } }),
                    )
                  )}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      <h3>{words('settings.verification.tiers')}</h3>
      <Table verticalSpacing={4} aria-label={words('settings.verification.tiers')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words('settings.verification.tier')}</Table.Th>
            <Table.Th>{words('settings.verification.bar')}</Table.Th>
            <Table.Th>{words('settings.verification.factors')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {tiers.map((name) => {
            const tier = words(`case.tiers.${name}`);
            return (
              <Table.Tr key={name}>
                <Table.Td>{tier}</Table.Td>
                <Table.Td>
                  {number(words('settings.verification.barOf', { tier }), form.bars[name], 1000, 1, (bar) =>
                    onChange({ ...form, bars: { ...form.bars, [name]: bar } }),
                  )}
                </Table.Td>
                <Table.Td>
                  {number(
                    words('settings.verification.factorsOf', { tier }),
                    form.factors[name],
                    3,
                    1,
                    (factors) => onChange({ ...form, factors: { ...form.factors, [name]: factors } }),
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
