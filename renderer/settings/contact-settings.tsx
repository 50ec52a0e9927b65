import { Group, NativeSelect, TextInput } from '@mantine/core';
import type { PolicyDocument } from '../../shared/api/policy.ts';
import { useWords } from '../texts/use-words.ts';

const managers = ['never', 'sensitive', 'always'] as const;

/** How users reach the help desk, and whom a reset is told besides its owner; part of the policy. */
export function ContactFields({
  form,
  onChange,
}: {
  readonly form: PolicyDocument;
  readonly onChange: (form: PolicyDocument) => void;
}) {
  const words = useWords();
  return (
    <>
      <Group grow align="flex-start">
        {(['phone', 'email', 'hours'] as const).map((field) => (
          <TextInput
            key={field}
            label={words(`settings.contact.${field}`)}
            value={form.deskContact[field]}
            onChange={(event) =>
              onChange({ ...form, deskContact: { ...form.deskContact, [field]: event.currentTarget.value } })
            }
          />
        ))}
      </Group>
      <NativeSelect
        label={words('settings.contact.manager')}
        value={form.notifications.manager}
        onChange={(event) =>
          onChange({
            ...form,
            notifications: {
              manager: managers.find((one) => one === event.currentTarget.value) ?? 'sensitive',
            },
          })
        }
        data={managers.map((value) => ({ value, label: words(`settings.contact.managers.${value}`) }))}
      />
    </>
  );
}
