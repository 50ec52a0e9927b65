import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CheckView } from '../../../../shared/api/check.ts';
import { setUpTexts } from '../../../texts/set-up-texts.ts';
import { CodeForm, RecoveryCodeForm } from './code-forms.tsx';

beforeAll(() => setUpTexts());
afterEach(cleanup);

const check = { kind: 'emailed-code', digits: 6, attempt: null } as unknown as CheckView;
const props = { check, draft: 'case c1', working: false, wrong: false, callNumber: null };

const paste = (text: string) => {
  const onAnswer = vi.fn<(answer: unknown) => void>();
  render(
    <MantineProvider>
      <CodeForm {...props} onAnswer={onAnswer} />
    </MantineProvider>,
  );
  fireEvent.paste(screen.getByTestId('case-code-digit-1'), { clipboardData: { getData: () => text } });
  return onAnswer;
};

describe('the fields of a code', () => {
  it.each(['419203', '419 203', '４１９２０３', '٤١٩٢٠٣', '419–203.\r\n', 'Your code is 419 203'])(
    'send what was pasted as %j in ASCII digits',
    (text) => {
      expect(paste(text)).toHaveBeenCalledWith({ kind: 'emailed-code', code: '419203' });
    },
  );

  it('keep digits that are too few', () => {
    const onAnswer = paste('4 1 9');
    expect(onAnswer).not.toHaveBeenCalled();
    expect(screen.getByTestId<HTMLInputElement>('case-code-digit-3').value).toBe('9');
  });
});

describe('the field of a recovery code', () => {
  it.each(['abcde-fgh23', 'ABCDE FGH23', 'ａｂｃｄｅ–ｆｇｈ２３'])(
    'sends %j when it has ten characters',
    (typed) => {
      const onAnswer = vi.fn<(answer: unknown) => void>();
      render(
        <MantineProvider>
          <RecoveryCodeForm {...props} onAnswer={onAnswer} />
        </MantineProvider>,
      );
      fireEvent.change(screen.getByTestId('case-recovery-code'), { target: { value: typed } });
      expect(onAnswer).toHaveBeenCalledWith({ kind: 'recovery-code', code: typed });
    },
  );
});
