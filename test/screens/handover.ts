import type { Locator, Page } from '@playwright/test';

/** The last step of a case: the temporary password on its way to the caller. */
export class Handover {
  readonly hidden: Locator;
  readonly hold: Locator;
  readonly copy: Locator;
  readonly spell: Locator;
  readonly done: Locator;

  constructor(window: Page) {
    this.hidden = window.getByLabel('Temporary password, hidden');
    this.hold = window.getByRole('button', { name: 'Hold to show' });
    this.copy = window.getByRole('button', { name: 'Copy', exact: true });
    this.spell = window.getByRole('button', { name: 'Spell it' });
    this.done = window.getByRole('button', { name: 'Done, next caller' });
  }
}
