import type { Locator, Page } from '@playwright/test';

/** The list of cases. */
export class CasesScreen {
  /** Each case with its result, the newest first. */
  readonly rows: Locator;

  constructor(window: Page) {
    this.rows = window.getByTestId('cases-row');
  }
}
