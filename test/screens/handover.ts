import type { Locator, Page } from '@playwright/test';

/** The last step of a case: the temporary password on its way to the caller. */
export class Handover {
  readonly step: Locator;
  /** What the operator reads to the caller. */
  readonly sentence: Locator;
  /** The tile that is being read out, and its letters. */
  readonly currentTile: Locator;
  readonly spelling: Locator;
  /** The number of words that the operator says. */
  readonly walk: Locator;
  readonly hidden: Locator;
  /** The password itself, while it is shown. */
  readonly shown: Locator;
  readonly hold: Locator;
  readonly keepShown: Locator;
  readonly copy: Locator;
  readonly spell: Locator;
  readonly revoke: Locator;
  /** Keeps the reset when asked whether to revoke it. */
  readonly keep: Locator;
  readonly instead: Locator;
  readonly done: Locator;

  constructor(window: Page) {
    const password = window.getByTestId('handover-password');
    this.step = window.getByTestId('case-step-handover');
    this.sentence = window.getByTestId('handover-sentence');
    this.currentTile = password.locator('[data-current=true]');
    this.spelling = window.getByTestId('handover-spelling');
    this.walk = window.getByTestId('handover-walk');
    this.hidden = password.and(window.locator('[data-shown=false]'));
    this.shown = password.and(window.locator('[data-shown=true]')).locator('.password-line');
    this.hold = window.getByTestId('handover-hold');
    this.keepShown = window.getByTestId('handover-keep-shown');
    this.copy = window.getByTestId('handover-copy');
    this.spell = window.getByTestId('handover-spell');
    this.revoke = window.getByTestId('handover-revoke');
    this.keep = window.getByTestId('handover-keep');
    this.instead = window.getByTestId('handover-instead');
    this.done = window.getByTestId('handover-done');
  }
}
