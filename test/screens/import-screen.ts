import type { Locator, Page } from '@playwright/test';

/** The import of accounts from a CSV file. */
export class ImportScreen {
  readonly choose: Locator;
  readonly encoding: Locator;
  readonly delimiter: Locator;
  readonly run: Locator;
  readonly cancel: Locator;
  readonly saveReport: Locator;
  readonly done: Locator;

  constructor(window: Page) {
    this.choose = window.getByTestId('import-choose');
    this.encoding = window.getByTestId('import-encoding');
    this.delimiter = window.getByTestId('import-delimiter');
    this.run = window.getByTestId('import-run');
    this.cancel = window.getByTestId('import-cancel');
    this.saveReport = window.getByTestId('import-report');
    this.done = window.getByTestId('import-done');
  }
}
