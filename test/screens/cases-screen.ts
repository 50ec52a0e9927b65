import type { Locator, Page } from '@playwright/test';

/** The list of cases. */
export class CasesScreen {
  /** Each case with its result, the newest first. */
  readonly rows: Locator;
  /** Narrows the list to one account. */
  readonly account: Locator;

  constructor(window: Page) {
    this.rows = window.getByTestId('cases-row');
    this.account = window.getByTestId('cases-account');
  }
}
