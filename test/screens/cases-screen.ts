import type { Locator, Page } from '@playwright/test';

/** The list of cases. */
export class CasesScreen {
  /** Each case with its result, the newest first. */
  readonly rows: Locator;
  /** Narrows the list to one account. */
  readonly account: Locator;
  readonly show: Locator;
  readonly period: Locator;

  constructor(window: Page) {
    this.rows = window.getByTestId('cases-row');
    this.account = window.getByTestId('cases-account');
    this.show = window.getByTestId('cases-show');
    this.period = window.getByTestId('cases-period');
  }
}
