import type { Locator, Page } from '@playwright/test';

/** The case: verify the caller, reset. What follows a reset is in `HandOver`. */
export class CaseScreen {
  readonly sendCode: Locator;
  readonly resetPassword: Locator;
  readonly sendLink: Locator;
  readonly dialog: Locator;
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
    this.sendCode = window.getByRole('button', { name: 'Send code' });
    this.resetPassword = window.getByRole('button', { name: 'Reset password' });
    this.sendLink = window.getByRole('button', { name: 'Send reset link' });
    this.dialog = window.getByRole('dialog');
  }

  /** Types the code that the caller reads back. */
  async readBack(code: string): Promise<void> {
    await this.#window.getByRole('textbox', { name: /^Digit 1 of/ }).focus();
    await this.#window.keyboard.type(code);
  }

  /** Confirms the open dialog. */
  async confirm(action: 'Reset password' | 'Send reset link'): Promise<void> {
    await this.dialog.getByRole('button', { name: action }).click();
  }
}
