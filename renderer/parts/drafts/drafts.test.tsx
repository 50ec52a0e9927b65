import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { createDrafts, DraftsProvider, useDraft } from './drafts.tsx';

function Field({ name }: { readonly name: string }) {
  const [text, setText] = useDraft(name);
  return <input aria-label={name} value={text} onChange={(event) => setText(event.currentTarget.value)} />;
}
const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);

describe('a draft', () => {
  it('outlives the screen that shows its field', () => {
    const drafts = createDrafts();
    const { unmount } = render(
      <DraftsProvider drafts={drafts}>
        <Field name="case c1 note" />
      </DraftsProvider>,
    );
    fireEvent.change(field('case c1 note'), { target: { value: 'Knew the order number 4711' } });
    unmount();
    render(
      <DraftsProvider drafts={drafts}>
        <Field name="case c1 note" />
        <Field name="case c2 note" />
      </DraftsProvider>,
    );
    expect(field('case c1 note').value).toBe('Knew the order number 4711');
    expect(field('case c2 note').value).toBe('');
  });

  it('ends only with what it belongs to', () => {
    const drafts = createDrafts();
    drafts.set('case c1 note', 'one');
    drafts.set('case c10 note', 'ten');
    drafts.drop('case c1 ');
    expect(drafts.all()).toEqual([{ field: 'case c10 note', text: 'ten' }]);
  });

  it('shows that it has ended in the field that is open', async () => {
    const drafts = createDrafts();
    drafts.set('check k1 note', 'typed');
    render(
      <DraftsProvider drafts={drafts}>
        <Field name="check k1 note" />
      </DraftsProvider>,
    );
    drafts.drop('check k1 ');
    expect(await screen.findByDisplayValue('')).toBeTruthy();
  });

  it('without a provider is like any other field', () => {
    render(<Field name="note" />);
    fireEvent.change(field('note'), { target: { value: 'typed' } });
    expect(field('note').value).toBe('typed');
  });
});
