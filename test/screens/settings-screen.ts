import type { Locator, Page } from '@playwright/test';

/** The settings: policy, templates, spelling, identity provider. */
export class SettingsScreen {
  readonly savePolicy: Locator;
  readonly template: Locator;
  readonly previewTemplate: Locator;
  readonly spellingLanguage: Locator;
  readonly saveProvider: Locator;
  readonly testProvider: Locator;

  constructor(window: Page) {
    this.savePolicy = window.getByTestId('settings-policy-save');
    this.template = window.getByTestId('settings-templates-name');
    this.previewTemplate = window.getByTestId('settings-templates-preview');
    this.spellingLanguage = window.getByTestId('settings-spelling-language');
    this.saveProvider = window.getByTestId('settings-provider-save');
    this.testProvider = window.getByTestId('settings-provider-test');
  }
}

/** The operators' section of the settings. */
export class OperatorsSection {
  readonly invite: Locator;
  readonly form: Locator;
  readonly submit: Locator;

  constructor(window: Page) {
    this.invite = window.getByTestId('settings-operators-invite');
    this.form = window.getByTestId('operator-form');
    this.submit = window.getByTestId('operator-form-submit');
  }
}

/** An operator's own second factor, in the settings and at the first sign-in. */
export class SecondFactor {
  readonly setUp: Locator;
  readonly code: Locator;
  readonly turnOn: Locator;
  readonly recoveryCodes: Locator;
  readonly saved: Locator;
  readonly proceed: Locator;
  readonly #secret: Locator;

  constructor(window: Page) {
    this.setUp = window.getByTestId('own-account-set-up-factor');
    this.code = window.getByTestId('second-factor-code');
    this.turnOn = window.getByTestId('second-factor-turn-on');
    this.recoveryCodes = window.getByTestId('second-factor-recovery-codes').getByRole('listitem');
    this.saved = window.getByTestId('second-factor-saved');
    this.proceed = window.getByTestId('second-factor-continue');
    this.#secret = window.getByTestId('second-factor-secret');
  }

  /** The secret as an authenticator stores it, without the spaces of the screen. */
  async secret(): Promise<string> {
    return ((await this.#secret.textContent()) ?? '').replaceAll(' ', '');
  }
}
