import type { Locator, Page } from '@playwright/test';

/** The import of accounts from a CSV file. */
export class ImportScreen {
  readonly screen: Locator;
  /** Why the import or the chosen file failed. */
  readonly failure: Locator;
  readonly dropZone: Locator;
  /** The first rows of the chosen file. */
  readonly preview: Locator;
  /** How the file was recognised, and possible faults in it. */
  readonly notices: Locator;
  /** Columns that no field uses although they look like one. */
  readonly unused: Locator;
  /** The questions about words of the status. */
  readonly statuses: Locator;
  /** The first rows as they will be imported, without the heading row. */
  readonly people: Locator;
  readonly headerLine: Locator;
  readonly progressBar: Locator;
  /** The rejected rows, with a heading row. */
  readonly refusals: Locator;
  readonly choose: Locator;
  readonly encoding: Locator;
  readonly delimiter: Locator;
  readonly run: Locator;
  /** Applies the rows that were read. */
  readonly confirm: Locator;
  readonly undo: Locator;
  readonly complete: Locator;
  /** The rows of the chosen kind, with a heading row. */
  readonly rows: Locator;
  readonly kinds: Locator;
  readonly cancel: Locator;
  readonly saveReport: Locator;
  readonly done: Locator;

  constructor(window: Page) {
    this.screen = window.getByTestId('import');
    this.failure = this.screen.getByRole('alert');
    this.dropZone = this.screen.locator('.drop');
    this.preview = window.getByTestId('import-preview');
    this.notices = window.getByTestId('import-notices');
    this.unused = window.getByTestId('import-unused');
    this.statuses = window.getByTestId('import-statuses');
    this.people = window.getByTestId('import-people').locator('tbody').getByRole('row');
    this.headerLine = window.getByTestId('import-header-line');
    this.progressBar = this.screen.getByRole('progressbar');
    this.refusals = window.getByTestId('import-refusals').getByRole('row');
    this.choose = window.getByTestId('import-choose');
    this.encoding = window.getByTestId('import-encoding');
    this.delimiter = window.getByTestId('import-delimiter');
    this.confirm = window.getByTestId('import-confirm');
    this.undo = window.getByTestId('import-undo');
    this.complete = window.getByTestId('import-complete');
    this.rows = window.getByTestId('import-rows').getByRole('row');
    this.kinds = window.getByTestId('import-kinds');
    this.run = window.getByTestId('import-run');
    this.cancel = window.getByTestId('import-cancel');
    this.saveReport = window.getByTestId('import-report');
    this.done = window.getByTestId('import-done');
  }
}
