import type { Locator, Page } from '@playwright/test';

/** The start page and its search box. */
export class Desk {
  readonly search: Locator;
  readonly hits: Locator;
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
    this.search = window.getByRole('combobox', { name: 'Search accounts' });
    this.hits = window.getByRole('option');
  }

  async importSamples(): Promise<void> {
    await this.#window.getByRole('button', { name: 'Import sample accounts' }).click();
    await this.#window.getByRole('heading', { name: 'Today' }).waitFor();
  }

  /** Opens a case about the first hit, by keyboard. */
  async open(text: string): Promise<void> {
    await this.search.fill(text);
    await this.hits.first().waitFor();
    await this.search.press('Enter');
    await this.#window.getByRole('region', { name: 'Verify the caller' }).waitFor();
  }
}
