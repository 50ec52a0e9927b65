import type { Locator, Page } from '@playwright/test';

/** Accounts → Accounts of one person: what is linked, and what an administrator has unlinked. */
export class AccountLinksSection {
  readonly find: Locator;
  readonly linked: Locator;
  readonly unlink: Locator;
  readonly unlinked: Locator;
  readonly relink: Locator;
  readonly #reason: Locator;
  readonly #confirm: Locator;

  constructor(window: Page) {
    this.find = window.getByTestId('link-find');
    this.linked = window.getByTestId('link-row');
    this.unlink = window.getByTestId('link-unlink');
    this.unlinked = window.getByTestId('link-unlinked-row');
    this.relink = window.getByTestId('link-relink');
    this.#reason = window.getByTestId('reason');
    this.#confirm = window.getByTestId('reason-confirm');
  }

  /** Gives the reason for the change that was chosen. */
  async confirm(reason: string): Promise<void> {
    await this.#reason.fill(reason);
    await this.#confirm.click();
  }
}
