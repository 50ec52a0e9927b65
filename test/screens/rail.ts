import { expect, type Locator, type Page } from '@playwright/test';

type Entry =
  | 'desk'
  | 'accounts'
  | 'cases'
  | 'queue'
  | 'audit'
  | 'practise'
  | 'outbox'
  | 'requiredResets'
  | 'import'
  | 'settings';

/** The navigation on the left, with the operator's menu. */
export class Rail {
  readonly operator: Locator;
  /** The heading of the open screen. */
  readonly heading: Locator;
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
    this.operator = window.getByTestId('rail-operator');
    this.heading = window.getByRole('heading', { level: 1 });
  }

  /** Opens a screen. The test waits for its content. */
  async open(entry: Entry): Promise<void> {
    await this.#window.getByTestId(`rail-${entry}`).click();
  }

  /** Waits until this operator is signed in; `name` is the display name or its start. */
  async waitForOperator(name: string): Promise<void> {
    await expect(this.operator).toHaveAccessibleName(new RegExp(`\\b${name}\\b`));
  }

  async lock(): Promise<void> {
    await this.#choose('operator-lock');
  }

  async signOut(): Promise<void> {
    await this.#choose('operator-sign-out');
  }

  async showKeys(): Promise<void> {
    await this.#choose('operator-keys');
  }

  async #choose(item: string): Promise<void> {
    await this.operator.click();
    await this.#window.getByTestId(item).click();
  }
}
