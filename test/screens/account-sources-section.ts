import type { Locator, Page } from '@playwright/test';

/** Settings, Directories: the systems that bring accounts into the built-in directory. */
export class AccountSourcesSection {
  readonly add: Locator;
  readonly cards: Locator;
  /** The tokens, with their states as `data-state`. */
  readonly tokens: Locator;
  /** A token's value, while it is shown. */
  readonly value: Locator;
  /** The files that were read, with their outcomes as `data-outcome`. */
  readonly runs: Locator;
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
    this.add = window.getByTestId('sources-add');
    this.cards = window.getByTestId('source-card');
    this.tokens = window.getByTestId('source-token');
    this.value = window.getByTestId('source-token-value');
    this.runs = window.getByTestId('source-run');
  }

  async open(): Promise<void> {
    await this.#window.getByTestId('settings-link-directories-title').click();
  }

  async addSource(name: string): Promise<void> {
    await this.add.click();
    await this.#window.getByTestId('source-name').fill(name);
    await this.#window.getByTestId('source-save').click();
  }

  /** Agrees to a token and shows it; answers its value. */
  async addToken(label: string): Promise<string> {
    await this.#window.getByTestId('source-token-add').click();
    await this.#window.getByTestId('source-token-label').fill(label);
    await this.#window.getByTestId('source-token-save').click();
    await this.#window.getByTestId('source-token-show').click();
    return this.value.inputValue();
  }

  async closeToken(): Promise<void> {
    await this.#window.getByTestId('source-token-close').click();
  }

  /** Reads files, each of which is complete. */
  async readCompleteFiles(): Promise<void> {
    await this.#window.getByTestId('source-files-enabled').click();
    await this.#window.getByTestId('source-files-complete').click();
    await this.#window.getByTestId('source-files-save').click();
  }

  /** An address of the source, by its label. */
  async address(label: string | RegExp): Promise<string> {
    return this.#window.getByLabel(label).inputValue();
  }
}
