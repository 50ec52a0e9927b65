import type { Locator, Page } from '@playwright/test';

/** Practice on invented callers. */
export class Drill {
  readonly banner: Locator;
  readonly line: Locator;
  readonly typeIn: Locator;
  readonly leave: Locator;
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
    this.banner = window.getByText('Drill: nothing here is real');
    this.line = window.getByRole('complementary', { name: 'The caller' });
    this.typeIn = window.getByRole('button', { name: /^Type in/ });
    this.leave = window.getByRole('button', { name: 'Leave drill' });
  }

  /** Begins a short drill with the callers of this number. */
  async begin(seed: number, underAlert = false): Promise<void> {
    await this.#window.getByRole('button', { name: 'Practise', exact: true }).click();
    await this.#window.getByLabel('Same callers as a colleague').fill(String(seed));
    if (underAlert) await this.#window.getByLabel('With the alert raised').check();
    await this.#window.getByRole('button', { name: 'Start with 3 callers' }).click();
    await this.#window.getByRole('button', { name: 'Take the call' }).waitFor();
  }

  /** The result of the call that has just ended. */
  result(number: number): Locator {
    return this.#window.getByRole('region', { name: new RegExp(`^Call ${number}:`) });
  }
}
