import type { Locator, Page } from '@playwright/test';

/** The external directories' section of the settings. */
export class DirectoriesSection {
  readonly add: Locator;
  readonly check: Locator;
  readonly save: Locator;
  /** The connected directories, with the state of their reads as `data-state`. */
  readonly rows: Locator;
  /** One account, read with the settings under check. */
  readonly sample: Locator;
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
    this.add = window.getByTestId('directories-add');
    this.check = window.getByTestId('directory-check');
    this.save = window.getByTestId('directory-save');
    this.rows = window.getByTestId('directory-row');
    this.sample = window.getByTestId('directory-sample');
  }

  async open(): Promise<void> {
    await this.#window.getByTestId('settings-link-directories-title').click();
  }

  /** A field of the form, by its name. */
  field(name: string): Locator {
    return this.#window.getByTestId(`directory-${name}`);
  }

  /** A step of the check, with its outcome as `data-outcome`. */
  step(name: string): Locator {
    return this.#window.getByTestId(`directory-step-${name}`);
  }
}
