import type { CDPSession, Page } from '@playwright/test';
import { expect, test } from '../fixtures/console.ts';
import { CaseScreen } from '../screens/case-screen.ts';
import { Desk } from '../screens/desk.ts';
import { Entrance } from '../screens/entrance.ts';

/** A key as the system delivers it: its character, its position, and its virtual key code on Windows. */
interface Key {
  readonly key: string;
  readonly code: string;
  readonly number: number;
  readonly control?: boolean;
}

const keyboardOf = async (window: Page) => {
  const session: CDPSession = await window.context().newCDPSession(window);
  return {
    session,
    press: async ({ key, code, number, control = false }: Key) => {
      const shared = { key, code, windowsVirtualKeyCode: number, modifiers: control ? 2 : 0 };
      await session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...shared });
      await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...shared });
    },
  };
};

test('keys work by their position on a Russian and a French keyboard', async ({ launchConsole }) => {
  const { window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  const desk = new Desk(window);
  await desk.importSamples();
  await desk.open('m.okafor');
  const view = new CaseScreen(window);
  const { press } = await keyboardOf(window);
  // On a Russian keyboard, the key K types л, and R types к.
  await press({ key: 'л', code: 'KeyK', number: 75, control: true });
  await expect(desk.search).toBeFocused();
  await window.keyboard.press('Escape');
  await view.account.click();
  await press({ key: 'к', code: 'KeyR', number: 82 });
  await expect(view.cancelRefusal).toBeVisible();
  await view.cancelRefusal.click();
  // On a French keyboard, the digit row types & without Shift. The check must be chosen all the same.
  await expect(view.cancelRefusal).toBeHidden();
  await press({ key: '&', code: 'Digit1', number: 49 });
  await expect(view.firstDigit).toBeVisible();
});

test('the Enter that ends a Japanese composition opens no case', async ({ launchConsole }) => {
  const { window } = await launchConsole();
  await new Entrance(window).setUpThisComputer();
  const desk = new Desk(window);
  await desk.importSamples();
  await desk.search.focus();
  const { session, press } = await keyboardOf(window);
  // The search already includes the text in composition. Until its end, all keys belong to the input method.
  await session.send('Input.imeSetComposition', { text: 'Okafor', selectionStart: 6, selectionEnd: 6 });
  await expect(desk.hits.first()).toBeVisible();
  await press({ key: 'Process', code: 'Enter', number: 229 });
  await press({ key: 'Process', code: 'ArrowDown', number: 229 });
  await press({ key: 'Process', code: 'Escape', number: 229 });
  await expect(desk.search).toHaveValue('Okafor');
  await expect(desk.hits.first()).toHaveAttribute('aria-selected', 'true');
  await session.send('Input.insertText', { text: 'Okafor' });
  await expect(desk.today).toBeVisible();
  await press({ key: 'Enter', code: 'Enter', number: 13 });
  await expect(new CaseScreen(window).account).toContainText('Okafor');
});
