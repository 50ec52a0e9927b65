import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { useNamedForm } from '../forms/use-named-form.ts';
import { createDrafts, dropFormDrafts, DraftsProvider, type Drafts } from '../drafts/drafts.tsx';
import { useKeptForm } from './use-kept-form.ts';

afterEach(cleanup);

function Form() {
  const form = useNamedForm({
    name: 'mail',
    initialValues: { host: 'mail.example.com', port: 587, password: '' },
  });
  useKeptForm(form, { name: 'mail', title: 'Email', secrets: ['password'] });
  return (
    <>
      <input aria-label="Host" {...form.getInputProps('host')} />
      <input aria-label="Password" {...form.getInputProps('password')} />
      <button onClick={() => form.setFieldValue('port', 465)}>Port 465</button>
      <output>{form.values.port}</output>
      <button onClick={() => form.resetDirty()}>Save</button>
    </>
  );
}
const show = (drafts: Drafts) =>
  render(
    <DraftsProvider drafts={drafts}>
      <Form />
    </DraftsProvider>,
  );
const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const type = (name: string, value: string) => fireEvent.change(field(name), { target: { value } });

describe('a settings form', () => {
  it('has its unsaved changes after a lock, except for secrets', () => {
    const drafts = createDrafts();
    const shown = show(drafts);
    type('Host', 'relay.example.com');
    type('Password', 'a mail password');
    fireEvent.click(screen.getByText('Port 465'));
    expect(JSON.stringify(drafts.all())).not.toContain('a mail password');
    shown.unmount();
    show(drafts);
    expect(field('Host').value).toBe('relay.example.com');
    expect(screen.getByRole('status').textContent).toBe('465');
    expect(field('Password').value).toBe('');
  });

  it.each([
    ['that was saved', () => fireEvent.click(screen.getByText('Save'))],
    ['that was typed back', () => type('Host', 'mail.example.com')],
  ])('keeps nothing %s', (_name, act) => {
    const drafts = createDrafts();
    show(drafts);
    type('Host', 'relay.example.com');
    act();
    expect(drafts.all()).toEqual([]);
  });

  it('has the stored values after its changes were discarded', () => {
    const drafts = createDrafts();
    const shown = show(drafts);
    type('Host', 'relay.example.com');
    dropFormDrafts(drafts);
    shown.unmount();
    show(drafts);
    expect(field('Host').value).toBe('mail.example.com');
  });
});
