import type { Locator, Page } from '@playwright/test';

/** The screen of requests that wait for an approver. */
export class Queue {
  /** The rail's button; its name has the number of waiting requests. */
  readonly button: Locator;
  readonly screen: Locator;
  readonly requests: Locator;
  readonly heldChanges: Locator;
  /** Shows the evidence of a request. */
  readonly evidence: Locator;
  /** Flagged and frozen accounts. */
  readonly accounts: Locator;
  /** Why the answer to the oldest request was not accepted. */
  readonly failure: Locator;

  constructor(window: Page) {
    this.button = window.getByTestId('rail-queue');
    this.screen = window.getByTestId('queue');
    this.requests = window.getByTestId('queue-request');
    this.failure = this.requests.first().getByRole('alert');
    this.heldChanges = window.getByTestId('queue-held-change');
    this.evidence = window.getByTestId('queue-evidence');
    this.accounts = window.getByTestId('queue-account');
  }

  async open(): Promise<void> {
    await this.button.click();
    await this.screen.waitFor();
  }

  /** Answers a request or a held change; by default the oldest request. */
  async answer(
    decision: 'approve' | 'deny',
    reason: string,
    password: string,
    card: Locator = this.requests.first(),
  ): Promise<void> {
    await card.getByTestId('queue-reason').fill(reason);
    await card.getByTestId('proof-password').fill(password);
    await card.getByTestId(`queue-${decision}`).click();
  }
}
