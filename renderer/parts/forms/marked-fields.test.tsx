import { MantineProvider, TextInput } from '@mantine/core';
import { render, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Failure } from '../../../shared/errors/result.ts';
import { useMarkedFields } from './marked-fields.ts';
import { useNamedForm } from './use-named-form.ts';

const message = 'Fill in this field.';
const failureAt = (...paths: string[]): Failure => ({
  code: 'request.invalid',
  fields: paths.map((path) => ({ path, message })),
});

/** A form whose last save failed; it shows the faults that mark no field. */
function Form({ name, failure }: { readonly name: string; readonly failure: Failure | null }) {
  const form = useNamedForm({ name, initialValues: { name: '', servers: '' } });
  const unmarked = useMarkedFields(form, failure);
  return (
    <MantineProvider>
      <form aria-label={name}>
        <TextInput label="Name" {...form.getInputProps('name')} />
        <TextInput label="Servers" {...form.getInputProps('servers')} />
        <output>{unmarked?.fields?.map(({ path }) => path).join(' ')}</output>
      </form>
    </MantineProvider>
  );
}

it('marks the field that a fault is in, also inside of a list', () => {
  render(
    <Form name="shown" failure={failureAt('body.settings.servers.0.host', 'body.name', 'body.unknown')} />,
  );
  expect(screen.getByLabelText('Servers').getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByLabelText('Name').getAttribute('aria-invalid')).toBe('true');
  expect(screen.getAllByText(message)).toHaveLength(2);
  expect(screen.getByRole('status').textContent).toBe('body.unknown');
});

it('focuses a field of the form that failed, not one of the same name in another form', () => {
  render(
    <>
      <Form name="other" failure={null} />
      <Form name="failed" failure={failureAt('body.servers')} />
    </>,
  );
  const failed = within(screen.getByRole('form', { name: 'failed' }));
  expect(document.activeElement).toBe(failed.getByLabelText('Servers'));
});
