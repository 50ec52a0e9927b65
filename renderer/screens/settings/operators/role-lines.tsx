import { Textarea } from '@mantine/core';
import { roles as allRoles, type Role } from '../../../../shared/api/operator.ts';
import { useTexts } from '../../../texts/use-texts.ts';

/** For each role the groups, or values of a claim, that give it: one per line, as they are typed. */
export type RoleTexts = Readonly<Record<Role, string>>;

/** The lines of stored entries. */
export function roleTextsOf<Entry extends { readonly role: Role }>(
  entries: readonly Entry[],
  textOf: (entry: Entry) => string,
): RoleTexts {
  const linesOf = (role: Role) =>
    entries
      .filter((entry) => entry.role === role)
      .map(textOf)
      .join('\n');
  return Object.fromEntries(allRoles.map((role) => [role, linesOf(role)])) as unknown as RoleTexts;
}

/** The texts with their roles, without empty lines. */
export const roleEntriesOf = (texts: RoleTexts): { readonly text: string; readonly role: Role }[] =>
  allRoles.flatMap((role) =>
    [...new Set(texts[role].split('\n').map((line) => line.trim()))]
      .filter((text) => text !== '')
      .map((text) => ({ text, role })),
  );

interface RoleLinesProps {
  /** The fields are `<name>-<role>`. */
  readonly name: string;
  readonly labelOf: (role: string) => string;
  readonly texts: RoleTexts;
  readonly onChange: (texts: RoleTexts) => void;
}

/** One field for each role, with as many groups or values as give it. */
export function RoleLines({ name, labelOf, texts, onChange }: RoleLinesProps) {
  const t = useTexts();
  return (
    <div className="role-list">
      {allRoles.map((role) => (
        <Textarea
          key={role}
          label={labelOf(t(`operators.roles.${role}`))}
          autosize
          minRows={1}
          maxRows={8}
          spellCheck={false}
          data-testid={`${name}-${role}`}
          value={texts[role]}
          onChange={(event) => onChange({ ...texts, [role]: event.currentTarget.value })}
        />
      ))}
    </div>
  );
}
