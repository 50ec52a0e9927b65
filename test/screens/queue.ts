import type { Locator, Page } from '@playwright/test';

/** What waits for an approver. */
export class Queue {
  /** The rail's button; its name counts what waits. */
  readonly button: Locator;
  readonly requests: Locator;
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
    this.button = window.getByRole('button', { name: /^Queue/ });
    this.requests = window.getByRole('article');
  }

  async open(): Promise<void> {
    await this.button.click();
    await this.#window.getByRole('heading', { name: 'Queue', level: 1 }).waitFor();
  }

  /** Answers the oldest request. */
  async answer(decision: 'Approve' | 'Deny', reason: string, password: string): Promise<void> {
    const request = this.requests.first();
    await request.getByLabel('Your reason').fill(reason);
    await request.getByLabel('Password', { exact: true }).fill(password);
    await request.getByRole('button', { name: decision }).click();
  }
}
