import type { Locator, Page } from '@playwright/test';

/** The audit log. */
export class AuditScreen {
  readonly screen: Locator;
  readonly chain: Locator;
  readonly list: Locator;
  readonly events: Locator;
  /** The chosen event. */
  readonly event: Locator;
  readonly category: Locator;
  readonly account: Locator;
  readonly clearFilters: Locator;
  readonly exportLines: Locator;
  readonly saveJson: Locator;
  readonly savePdf: Locator;

  constructor(window: Page) {
    this.screen = window.getByTestId('audit');
    this.chain = window.getByTestId('audit-chain');
    this.list = window.getByTestId('audit-events');
    this.events = this.list.getByRole('option');
    this.event = window.getByTestId('audit-event');
    this.category = window.getByTestId('audit-filter-action');
    this.account = window.getByTestId('audit-filter-account');
    this.clearFilters = window.getByTestId('audit-clear-filters');
    this.exportLines = window.getByTestId('audit-export-jsonl');
    this.saveJson = this.event.getByTestId('evidence-json');
    this.savePdf = this.event.getByTestId('evidence-pdf');
  }
}
