import type { Locator, Page } from '@playwright/test';

/** The administrator that tests set up; invented. */
export const administrator = {
  displayName: 'Ann Example',
  userName: 'ann',
  password: 'Kf7%xwqz-boats',
} as const;

/** The screens before the desk: choosing a server, the first administrator and the sign-in. */
export class Entrance {
  readonly signInForm: Locator;
  /** Why the sign-in failed. */
  readonly failure: Locator;
  /** The second step of a sign-in. */
  readonly codeStep: Locator;
  readonly code: Locator;
  readonly useThisComputer: Locator;
  readonly serverAddress: Locator;
  readonly connect: Locator;
  /** Why the server was not chosen. */
  readonly connectFailure: Locator;
  readonly unreachable: Locator;
  /** Connects again, or starts the backend of this computer again. */
  readonly retry: Locator;
  readonly createAdministrator: Locator;
  readonly userName: Locator;
  readonly password: Locator;
  readonly remember: Locator;
  readonly submit: Locator;
  readonly provider: Locator;
  /** Cancels a sign-in that continues in the browser. */
  readonly stopWaiting: Locator;
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
    this.signInForm = window.getByTestId('sign-in');
    this.failure = this.signInForm.getByRole('alert');
    this.codeStep = window.getByTestId('sign-in-code-step');
    this.code = this.codeStep.getByTestId('second-factor-code');
    this.useThisComputer = window.getByTestId('choose-server-here');
    this.serverAddress = window.getByTestId('choose-server-address');
    this.connect = window.getByTestId('choose-server-connect');
    this.connectFailure = window.getByTestId('choose-server').getByRole('alert');
    this.unreachable = window.getByTestId('unreachable');
    this.retry = window.getByTestId('unreachable-retry');
    this.createAdministrator = window.getByTestId('set-up-create');
    this.userName = window.getByTestId('sign-in-user-name');
    this.password = window.getByTestId('sign-in-password');
    this.remember = window.getByTestId('sign-in-remember');
    this.submit = window.getByTestId('sign-in-submit');
    this.provider = window.getByTestId('sign-in-provider');
    this.stopWaiting = window.getByTestId('sign-in-stop-waiting');
  }

  async fillAdministrator(): Promise<void> {
    await this.#window.getByTestId('set-up-name').fill(administrator.displayName);
    await this.#window.getByTestId('set-up-user-name').fill(administrator.userName);
    await this.#window.getByTestId('set-up-password').fill(administrator.password);
  }

  /** Goes from a first start to an empty desk. */
  async setUpThisComputer(): Promise<void> {
    await this.useThisComputer.click();
    await this.fillAdministrator();
    await this.createAdministrator.click();
    await this.#window.getByTestId('desk-empty').waitFor();
  }

  async signIn(
    password: string = administrator.password,
    userName: string = administrator.userName,
  ): Promise<void> {
    await this.userName.fill(userName);
    await this.password.fill(password);
    await this.submit.click();
  }

  /** Goes from a first start to the desk of a server, with the second factor. */
  async joinServer(
    address: string,
    operator: { readonly userName: string; readonly password: string; readonly code: string },
  ): Promise<void> {
    await this.serverAddress.fill(address);
    await this.connect.click();
    await this.signIn(operator.password, operator.userName);
    await this.code.fill(operator.code);
    await this.#window.keyboard.press('Enter');
    await this.#window.getByTestId('desk-today').waitFor();
  }
}

/** The lock screen, which accepts the operator's password or a code. */
export class Lock {
  readonly screen: Locator;
  readonly password: Locator;
  readonly code: Locator;
  readonly useCode: Locator;
  readonly useProvider: Locator;
  /** The lock screen's text while the proof continues in the browser. */
  readonly inBrowser: Locator;
  /** Why the proof failed. */
  readonly failure: Locator;
  readonly waiting: Locator;
  readonly unlock: Locator;

  constructor(window: Page) {
    this.screen = window.getByTestId('lock');
    this.password = this.screen.getByTestId('proof-password');
    this.code = this.screen.getByTestId('proof-code');
    this.useCode = this.screen.getByTestId('proof-use-code');
    this.useProvider = this.screen.getByTestId('proof-use-provider');
    this.inBrowser = this.screen.getByTestId('proof-provider');
    this.failure = this.screen.getByRole('alert');
    this.waiting = window.getByTestId('lock-waiting');
    this.unlock = window.getByTestId('lock-unlock');
  }
}
