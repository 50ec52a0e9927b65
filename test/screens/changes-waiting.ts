import type { Locator, Page } from '@playwright/test';

/** The settings' section of changes that wait for a second administrator, and the dialog that one was sent. */
export class ChangesWaiting {
  /** The settings in the rail, whose name tells how many changes wait. */
  readonly button: Locator;
  readonly section: Locator;
  /** Whether changes need a second administrator; its state is in `data-state`. */
  readonly protection: Locator;
  readonly changes: Locator;
  readonly fields: Locator;
  readonly obstacle: Locator;
  readonly reason: Locator;
  readonly approve: Locator;
  readonly decline: Locator;
  readonly withdraw: Locator;
  readonly showSettled: Locator;
  /** Changes that were decided, newest first; the state of each is in `data-state`. */
  readonly settled: Locator;
  readonly sent: Locator;
  readonly sentApprovers: Locator;
  readonly #closeSent: Locator;

  constructor(window: Page) {
    this.button = window.getByTestId('rail-settings');
    this.section = window.getByTestId('settings-protected-changes');
    this.protection = this.section.getByTestId('protection');
    this.changes = this.section.getByTestId('protected-change');
    this.fields = this.section.getByTestId('change-fields');
    this.obstacle = this.section.getByTestId('protected-change-obstacle');
    this.reason = this.section.getByTestId('protected-change-reason');
    this.approve = this.section.getByTestId('protected-change-approve');
    this.decline = this.section.getByTestId('protected-change-decline');
    this.withdraw = this.section.getByTestId('protected-change-withdraw');
    this.showSettled = this.section.getByTestId('protected-changes-show-settled');
    this.settled = this.section.getByTestId('settled-change');
    this.sent = window.getByTestId('sent-change');
    this.sentApprovers = window.getByTestId('sent-change-approvers');
    this.#closeSent = window.getByTestId('sent-change-close');
  }

  async closeSent(): Promise<void> {
    await this.#closeSent.click();
    await this.sent.waitFor({ state: 'hidden' });
  }
}
