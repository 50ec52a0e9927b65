import type { Locator, Page } from '@playwright/test';

/** Practice on invented callers. */
export class Drill {
  readonly banner: Locator;
  /** The caller on the line. */
  readonly line: Locator;
  readonly typeIn: Locator;
  readonly leave: Locator;
  readonly confirmLeave: Locator;
  readonly hangUp: Locator;
  readonly takeCall: Locator;
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
    this.banner = window.getByTestId('drill-banner');
    this.line = window.getByTestId('drill-caller');
    this.typeIn = window.getByTestId('drill-type-in');
    this.leave = window.getByTestId('drill-leave');
    this.confirmLeave = window.getByTestId('drill-leave-confirm');
    this.hangUp = window.getByTestId('drill-hang-up');
    this.takeCall = window.getByTestId('drill-next');
  }

  /** Begins a short drill with the callers of this number. */
  async begin(seed: number, underAlert = false): Promise<void> {
    await this.#window.getByTestId('rail-practise').click();
    await this.#window.getByTestId('drill-seed').fill(String(seed));
    if (underAlert) await this.#window.getByTestId('drill-alert').check();
    await this.#window.getByTestId('drill-start-short').click();
    await this.takeCall.waitFor();
  }

  /** The result of the call with this number, counted from 1. */
  result(number: number): Locator {
    return this.#window.getByTestId('drill-result').and(this.#window.locator(`[data-number="${number}"]`));
  }
}
