import type { Locator, Page } from '@playwright/test';
import type { DrillQuestion } from '../../shared/api/drill.ts';

/** Practice on invented callers. */
export class Drill {
  readonly start: Locator;
  /** The finished drills with their scores. */
  readonly history: Locator;
  readonly finished: Locator;
  readonly betweenCalls: Locator;
  /** Says that the alert is raised in this drill. */
  readonly scene: Locator;
  readonly banner: Locator;
  /** The conversation of the call. */
  readonly record: Locator;
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
    this.start = window.getByTestId('drill-start');
    this.history = window.getByTestId('drill-history');
    this.finished = this.history.getByRole('row');
    this.betweenCalls = window.getByTestId('drill-between-calls');
    this.scene = window.getByTestId('drill-scene');
    this.banner = window.getByTestId('drill-banner');
    this.line = window.getByTestId('drill-caller');
    this.record = this.line.getByRole('log');
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

  /** The button that asks the caller a question. */
  ask(question: DrillQuestion): Locator {
    return this.#window.getByTestId(`drill-ask-${question}`);
  }

  /** The result of the call with this number, counted from 1. */
  result(number: number): Locator {
    return this.#window.getByTestId('drill-result').and(this.#window.locator(`[data-number="${number}"]`));
  }
}
