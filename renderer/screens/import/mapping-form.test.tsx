import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  importFields,
  importNoticeKinds,
  importRefusalReasons,
  previewStatuses,
  importWarningReasons,
  type ImportMapping,
  type ImportPreview,
} from '../../../shared/api/import-file.ts';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import type { Result } from '../../../shared/errors/result.ts';
import { BridgeOverride } from '../../bridge/console-bridge.ts';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { ImportScreen } from './import-screen.tsx';

beforeAll(() => setUpTexts());

const preview: ImportPreview = {
  format: 'csv',
  mapping: {
    encoding: 'utf-8',
    delimiter: ',',
    header: true,
    headerLine: 1,
    columns: { userName: 0, displayName: 1 },
  },
  columns: ['Login', 'Name', 'Zustand', 'Mobil'],
  rows: [['u1', 'Ann One', 'Karenz', '+49 151 5550101']],
  missing: [],
  source: null,
  isRemembered: false,
  notices: [],
  unused: [],
  unknownStatuses: [],
  isDateOrderOpen: false,
  people: [],
  counts: {
    rows: 1,
    active: 1,
    disabled: 0,
    locked: 0,
    expired: 0,
    notStarted: 0,
    refused: 0,
    withWarnings: 0,
  },
};

interface Asked {
  readonly query: { readonly mapping?: string; readonly encoding?: string };
  readonly answer: (found: Partial<ImportPreview>) => void;
}

/** The mapping step of a chosen file, whose previews the test answers in any order. */
async function mappingStep(first: Partial<ImportPreview> = {}) {
  const asked: Asked[] = [];
  const bridge = {
    imports: {
      choose: () => Promise.resolve({ ok: true, value: { token: 't', fileName: 'people.csv', bytes: 10 } }),
      preview: ({ query }: { query: Asked['query'] }) =>
        new Promise<Result<ImportPreview>>((resolve) => {
          const answer = (found: Partial<ImportPreview>) =>
            resolve({ ok: true, value: { ...preview, ...found } });
          asked.push({ query, answer });
        }),
    },
  };
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <BridgeOverride value={bridge as unknown as Bridge}>
          <ImportScreen onDone={() => undefined} />
        </BridgeOverride>
      </QueryClientProvider>
    </MantineProvider>,
  );
  fireEvent.click(screen.getByTestId('import-choose'));
  await waitFor(() => expect(asked).toHaveLength(1));
  asked[0]?.answer(first);
  await screen.findByTestId('import-preview');
  return asked;
}

const mappingOf = (asked: readonly Asked[]): ImportMapping =>
  JSON.parse(asked.at(-1)?.query.mapping ?? '{}') as ImportMapping;

describe('the mapping step', () => {
  it('uses a column that was pointed at, as a further one where the field has one', async () => {
    const asked = await mappingStep({ unused: [{ column: 3, field: 'phone' }] });
    fireEvent.click(screen.getByRole('button', { name: 'Use it' }));
    expect(mappingOf(asked).columns).toEqual({ userName: 0, displayName: 1, phone: 3 });
    const again = await mappingStep({
      mapping: { ...preview.mapping, columns: { userName: 0, status: 1 } },
      unused: [{ column: 2, field: 'status' }],
    });
    fireEvent.click(screen.getAllByRole('button', { name: 'Use it' }).at(-1) as HTMLElement);
    expect(mappingOf(again)).toMatchObject({ columns: { status: 1 }, moreColumns: { status: [2] } });
  });

  it('sends the chosen meaning of a word of the status', async () => {
    const asked = await mappingStep({ unknownStatuses: [{ word: 'Karenz', rows: 2 }] });
    const question = screen.getByLabelText('“Karenz” (2 rows)');
    fireEvent.change(question, { target: { value: 'locked' } });
    expect(mappingOf(asked).statuses).toEqual({ karenz: 'locked' });
    fireEvent.change(screen.getByLabelText('“karenz”'), { target: { value: 'disabled' } });
    expect(mappingOf(asked).statuses).toEqual({ karenz: 'disabled' });
  });

  it('does not let a word lose its meaning, since a code such as 1 would then be read as a yes', async () => {
    const asked = await mappingStep({ unknownStatuses: [{ word: '3', rows: 2 }] });
    fireEvent.change(screen.getByLabelText('“3” (2 rows)'), { target: { value: 'active' } });
    const answered = screen.getByLabelText<HTMLSelectElement>('“3”');
    expect([...answered.options].map(({ value }) => value)).not.toContain('');
    expect(mappingOf(asked).statuses).toEqual({ 3: 'active' });
  });

  it('asks for the order of day and month only where it is open or was chosen', async () => {
    const asked = await mappingStep({ isDateOrderOpen: true });
    fireEvent.change(screen.getByTestId('import-date-order'), { target: { value: 'month-first' } });
    expect(mappingOf(asked).dateOrder).toBe('month-first');
  });

  it('shows the preview of the last choice, although one before it is answered later', async () => {
    const asked = await mappingStep();
    fireEvent.change(screen.getByTestId('import-encoding'), { target: { value: 'windows-1250' } });
    fireEvent.change(screen.getByTestId('import-encoding'), { target: { value: 'koi8-r' } });
    await waitFor(() => expect(asked).toHaveLength(3));
    asked[2]?.answer({ rows: [['u1', 'newest', '', '']] });
    await screen.findByText('newest');
    asked[1]?.answer({ rows: [['u1', 'older', '', '']] });
    await Promise.resolve();
    expect(screen.queryByText('older')).toBeNull();
    expect(screen.getByText('newest')).toBeTruthy();
  });

  it('has no encoding and no separator for a workbook', async () => {
    await mappingStep({ format: 'workbook' });
    expect(screen.queryByTestId('import-encoding')).toBeNull();
    expect(screen.queryByTestId('import-delimiter')).toBeNull();
  });

  it.each([
    ...importRefusalReasons.map((reason) => `import.reasons.${reason}`),
    ...importWarningReasons.map((reason) => `import.warnings.reasons.${reason}`),
    ...importNoticeKinds.map((kind) => `import.notices.${kind}`),
    ...importFields.map((field) => `import.fields.${field}`),
    ...previewStatuses.map((status) => `search.statuses.${status}`),
  ])('has a text for %s', (key) => {
    expect(i18next.exists(key)).toBe(true);
  });
});
