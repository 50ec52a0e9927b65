import type { Page } from '@playwright/test';

/** Whom the tests set up; invented. */
export const administrator = {
  displayName: 'Ann Example',
  userName: 'ann',
  password: 'Kf7%xwqz-boats',
} as const;

/** What comes before the desk: the doors, the first administrator, the sign-in and the lock. */
export class Entrance {
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
  }

  /** From a first start to an empty desk. */
  async setUpThisComputer(): Promise<void> {
    await this.#window.getByRole('button', { name: 'Use this computer' }).click();
    await this.#window.getByLabel('Your name').fill(administrator.displayName);
    await this.#window.getByLabel('User name').fill(administrator.userName);
    await this.#window.getByLabel('Password', { exact: true }).fill(administrator.password);
    await this.#window.getByRole('button', { name: 'Create administrator' }).click();
    await this.#window.getByRole('heading', { name: 'There are no accounts yet' }).waitFor();
  }

  async signIn(password: string = administrator.password): Promise<void> {
    await this.#window.getByLabel('User name').fill(administrator.userName);
    await this.#window.getByLabel('Password', { exact: true }).fill(password);
    await this.#window.getByRole('button', { name: 'Sign in' }).click();
  }

  /** From a first start to the desk of a server, with the second factor. */
  async joinServer(
    address: string,
    who: { readonly userName: string; readonly password: string; readonly code: string },
  ): Promise<void> {
    await this.#window.getByLabel('Server address').fill(address);
    await this.#window.getByRole('button', { name: 'Connect to a server' }).click();
    await this.#window.getByLabel('User name').fill(who.userName);
    await this.#window.getByLabel('Password', { exact: true }).fill(who.password);
    await this.#window.getByRole('button', { name: 'Sign in', exact: true }).click();
    await this.#window.getByLabel('Verification code', { exact: true }).fill(who.code);
    await this.#window.keyboard.press('Enter');
    await this.#window.getByRole('heading', { name: 'Today' }).waitFor();
  }
}
