import type { Locator, Page } from '@playwright/test';

/** The start page and its search box. */
export class Desk {
  readonly search: Locator;
  readonly hits: Locator;
  readonly noHits: Locator;
  /** The desk's content before any account is imported. */
  readonly empty: Locator;
  readonly today: Locator;
  /** The cases on the start page, the newest first. */
  readonly cases: Locator;
  readonly importFile: Locator;
  readonly samples: Locator;
  /** Leads to the organisation's name and logo while there are no accounts. */
  readonly brand: Locator;
  /** The cases of all operators, and the ways that do not work. */
  readonly team: Locator;
  /** Shown while the alert is raised. */
  readonly alertBanner: Locator;
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
    this.search = window.getByTestId('search-field');
    this.hits = window.getByTestId('search-hit');
    this.noHits = window.getByTestId('search-none');
    this.empty = window.getByTestId('desk-empty');
    this.today = window.getByTestId('desk-today');
    this.cases = window.getByTestId('desk-case');
    this.importFile = window.getByTestId('desk-import');
    this.samples = window.getByTestId('desk-import-samples');
    this.brand = window.getByTestId('desk-brand');
    this.team = window.getByTestId('desk-team');
    this.alertBanner = window.getByTestId('alert-banner');
  }

  /** A list of the start page. */
  card(name: 'waiting' | 'unfinished' | 'locked' | 'look-twice'): Locator {
    return this.#window.getByTestId(`desk-${name}`);
  }

  rowsOf(name: 'unfinished' | 'locked' | 'look-twice'): Locator {
    return this.card(name).getByTestId('desk-row');
  }

  /** One of the day's numbers. */
  number(name: 'cases' | 'resets' | 'refused'): Locator {
    return this.#window.getByTestId(`desk-number-${name}`);
  }

  async importSamples(): Promise<void> {
    await this.samples.click();
    await this.today.waitFor();
  }

  /** Opens a case about the first hit, by keyboard. */
  async open(text: string): Promise<void> {
    await this.search.fill(text);
    await this.hits.first().waitFor();
    await this.search.press('Enter');
    await this.#window.getByTestId('case').waitFor();
  }
}
