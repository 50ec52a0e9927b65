import { MantineProvider, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Failure } from '../../../shared/errors/result.ts';
import { useMarkedFields } from './marked-fields.ts';

const message = 'Fill in this field.';
const failureAt = (...paths: string[]): Failure => ({
  code: 'request.invalid',
  fields: paths.map((path) => ({ path, message })),
});

/** A form whose last save failed; it shows the faults that mark no field. */
function Form({ failure }: { readonly failure: Failure | null }) {
  const form = useForm({ initialValues: { name: '', servers: '' } });
  const unmarked = useMarkedFields(form, failure);
  return (
    <MantineProvider>
      <TextInput label="Name" {...form.getInputProps('name')} />
      <TextInput label="Servers" {...form.getInputProps('servers')} />
      <output>{unmarked?.fields?.map(({ path }) => path).join(' ')}</output>
    </MantineProvider>
  );
}

it('marks the field that a fault is in, also inside of a list, and focuses the first', () => {
  render(<Form failure={failureAt('body.settings.servers.0.host', 'body.name', 'body.unknown')} />);
  expect(screen.getByLabelText('Servers').getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByLabelText('Name').getAttribute('aria-invalid')).toBe('true');
  expect(screen.getAllByText(message)).toHaveLength(2);
  expect(document.activeElement).toBe(screen.getByLabelText('Servers'));
  expect(screen.getByRole('status').textContent).toBe('body.unknown');
});
