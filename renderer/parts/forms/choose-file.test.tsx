import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { ChooseFile } from './choose-file.tsx';

it('gives the chosen file, and leaves the field empty so that the same file can be chosen again', () => {
  const onFile = vi.fn<(file: File) => void>();
  render(
    <MantineProvider>
      <ChooseFile accept=".csv" inputTestId="field" onFile={onFile}>
        Choose a file
      </ChooseFile>
    </MantineProvider>,
  );
  const field = screen.getByTestId<HTMLInputElement>('field');
  const emptied = vi.spyOn(field, 'value', 'set');
  const file = new File(['a'], 'a.csv');
  fireEvent.change(field, { target: { files: [file] } });
  expect(onFile.mock.calls).toEqual([[file]]);
  expect(emptied).toHaveBeenCalledWith('');
});
