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

interface FormProps {
  readonly name: string;
  readonly failure: Failure | null;
}

/** A form whose last save failed; it shows the faults that mark no field. No input has the values `port` and `scope`. */
function Form({ name, failure }: FormProps) {
  const form = useNamedForm({
    name,
    initialValues: { name: '', servers: '', port: 0, scope: { tiers: [] }, acceptedText: '' },
  });
  const unmarked = useMarkedFields(form, failure, {
    fields: { 'accepted.text': 'acceptedText' },
    labels: { scope: 'Account scope' },
  });
  return (
    <MantineProvider>
      <form aria-label={name}>
        <TextInput label="Name" {...form.getInputProps('name')} />
        <TextInput label="Servers" {...form.getInputProps('servers')} />
        <TextInput label="Text" {...form.getInputProps('acceptedText')} />
        <output>{unmarked?.fields?.map((fault) => fault.message).join(' ')}</output>
      </form>
    </MantineProvider>
  );
}
const shownAt = (...paths: string[]) => render(<Form name="shown" failure={failureAt(...paths)} />);
const isMarked = (label: string) => screen.getByLabelText(label).getAttribute('aria-invalid') === 'true';

it('marks the field that a fault is in, also inside of a list', () => {
  shownAt('body.settings.servers.0.host', 'body.name');
  expect(isMarked('Servers')).toBe(true);
  expect(isMarked('Name')).toBe(true);
  expect(screen.getAllByText(message)).toHaveLength(2);
  expect(screen.getByRole('status').textContent).toBe('');
});

it('marks a field whose name is not in the path of the fault', () => {
  shownAt('body.accepted.text');
  expect(isMarked('Text')).toBe(true);
  expect(screen.getByRole('status').textContent).toBe('');
});

it('focuses the first marked field on the page, in whichever order the faults come', () => {
  shownAt('body.servers', 'body.name');
  expect(document.activeElement).toBe(screen.getByLabelText('Name'));
});

it('answers a fault of a value that no input shows, with the name of the value', () => {
  shownAt('body.scope.tiers.0', 'body.port', 'body.roles.0.group');
  expect(screen.getByRole('status').textContent).toBe(
    `Account scope: ${message} port: ${message} roles.0.group: ${message}`,
  );
});

it('answers no fault any more after the failure is over', () => {
  const { rerender } = shownAt('body.port');
  rerender(<Form name="shown" failure={null} />);
  expect(screen.getByRole('status').textContent).toBe('');
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
