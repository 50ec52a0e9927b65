import type { Locator, Page } from '@playwright/test';

/** Required resets: start, follow and stop one. */
export class RequiredResetsScreen {
  readonly start: Locator;
  readonly submit: Locator;
  readonly pick: Locator;
  readonly list: Locator;
  readonly filter: Locator;
  readonly stop: Locator;
  readonly stopReason: Locator;
  readonly confirmStop: Locator;

  constructor(window: Page) {
    this.start = window.getByTestId('required-resets-start');
    this.submit = window.getByTestId('required-resets-submit');
    this.pick = window.getByTestId('required-resets-pick');
    this.list = window.getByTestId('required-resets-list');
    this.filter = window.getByTestId('required-resets-filter');
    this.stop = window.getByTestId('required-resets-stop');
    this.stopReason = window.getByTestId('required-resets-stop-reason');
    this.confirmStop = window.getByTestId('required-resets-stop-confirm');
  }
}
