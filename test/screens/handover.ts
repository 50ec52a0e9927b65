import type { Locator, Page } from '@playwright/test';

/** The last step of a case: the temporary password on its way to the caller. */
export class Handover {
  readonly hidden: Locator;
  /** The password itself, while it is shown. */
  readonly shown: Locator;
  readonly hold: Locator;
  readonly keepShown: Locator;
  readonly copy: Locator;
  readonly spell: Locator;
  readonly revoke: Locator;
  readonly instead: Locator;
  readonly done: Locator;

  constructor(window: Page) {
    const password = window.getByTestId('handover-password');
    this.hidden = password.and(window.locator('[data-shown=false]'));
    this.shown = window.getByLabel('Temporary password', { exact: true });
    this.hold = window.getByTestId('handover-hold');
    this.keepShown = window.getByTestId('handover-keep-shown');
    this.copy = window.getByTestId('handover-copy');
    this.spell = window.getByTestId('handover-spell');
    this.revoke = window.getByTestId('handover-revoke');
    this.instead = window.getByTestId('handover-instead');
    this.done = window.getByTestId('handover-done');
  }
}
