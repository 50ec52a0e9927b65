import { MantineProvider } from '@mantine/core';
import { cleanup, createEvent, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { setUpTexts } from '../../texts/set-up-texts.ts';
import { PasswordField } from './password-field.tsx';

beforeAll(() => setUpTexts());
afterEach(cleanup);

describe('a password field', () => {
  it('says while it has the focus that Caps Lock is on', () => {
    render(
      <MantineProvider>
        <PasswordField label="Password" data-testid="field" />
      </MantineProvider>,
    );
    const field = screen.getByTestId('field');
    const warning = screen.getByTestId('caps-lock');
    const press = (kind: 'keyDown' | 'keyUp', isCapsLockOn: boolean) => {
      const event = createEvent[kind](field, { key: 'A' });
      Object.defineProperty(event, 'getModifierState', { value: () => isCapsLockOn });
      fireEvent(field, event);
    };
    press('keyDown', true);
    expect(warning.textContent).toBe('Caps Lock is on.');
    expect(warning.getAttribute('role')).toBe('status');
    press('keyUp', false);
    expect(warning.textContent).toBe('');
    press('keyDown', true);
    fireEvent.blur(field);
    expect(warning.textContent).toBe('');
  });
});
