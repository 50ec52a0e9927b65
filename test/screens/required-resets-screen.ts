import type { Locator, Page } from '@playwright/test';
import type { Audience } from '../../shared/api/required-reset.ts';

/** Required resets: start, follow and stop one. */
export class RequiredResetsScreen {
  /** The screen's content before the first required reset. */
  readonly empty: Locator;
  readonly rows: Locator;
  readonly hits: Locator;
  /** The number of accounts in the audience, and which are excluded. */
  readonly count: Locator;
  readonly departments: Locator;
  readonly reason: Locator;
  readonly mail: Locator;
  readonly heading: Locator;
  readonly progress: Locator;
  readonly state: Locator;
  readonly accounts: Locator;
  readonly back: Locator;
  readonly start: Locator;
  readonly submit: Locator;
  readonly pick: Locator;
  readonly list: Locator;
  readonly filter: Locator;
  readonly stop: Locator;
  readonly stopReason: Locator;
  readonly confirmStop: Locator;
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
    this.empty = window.getByTestId('required-resets-empty');
    this.rows = window.getByTestId('required-resets-row');
    this.hits = window.getByTestId('required-resets-hit');
    this.count = window.getByTestId('required-resets-count');
    this.departments = window.getByTestId('required-resets-departments');
    this.reason = window.getByTestId('required-resets-reason');
    this.mail = window.getByTestId('required-resets-mail');
    this.heading = window.getByTestId('required-resets-heading');
    this.progress = window.getByTestId('required-resets-progress');
    this.state = window.getByTestId('required-resets-state');
    this.accounts = window.getByTestId('required-resets-account');
    this.back = window.getByTestId('required-resets-back');
    this.start = window.getByTestId('required-resets-start');
    this.submit = window.getByTestId('required-resets-submit');
    this.pick = window.getByTestId('required-resets-pick');
    this.list = window.getByTestId('required-resets-list');
    this.filter = window.getByTestId('required-resets-filter');
    this.stop = window.getByTestId('required-resets-stop');
    this.stopReason = window.getByTestId('required-resets-stop-reason');
    this.confirmStop = window.getByTestId('required-resets-stop-confirm');
  }

  /** Chooses the kind of audience. */
  async chooseBy(kind: Audience['kind']): Promise<void> {
    await this.#window.getByTestId(`required-resets-by-${kind}`).click();
  }

  /** Adds a department to the filter. */
  async addDepartment(name: string): Promise<void> {
    await this.departments.click();
    await this.#window
      .getByRole('option')
      .filter({ hasText: new RegExp(`^${name}\\b`) })
      .click();
    await this.#window.keyboard.press('Escape');
  }
}
