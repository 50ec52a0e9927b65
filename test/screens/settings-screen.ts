import type { Locator, Page } from '@playwright/test';
import type { Role } from '../../shared/api/operator.ts';
import type { directories } from '../../shared/api/tiers.ts';

/** The settings: policy, templates, spelling. */
export class SettingsScreen {
  readonly screen: Locator;
  readonly savePolicy: Locator;
  /** How many rules are changed or invalid. */
  readonly policyState: Locator;
  /** What the changed policy would have refused. */
  readonly policyTrial: Locator;
  readonly showPolicyHistory: Locator;
  readonly policyHistory: Locator;
  readonly template: Locator;
  readonly previewTemplate: Locator;
  readonly previewedMail: Locator;
  /** The warning that links in emails would lead to this computer. */
  readonly unreachableAddress: Locator;
  readonly spelling: Locator;
  readonly spellingLanguage: Locator;
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
    this.screen = window.getByTestId('settings');
    this.savePolicy = window.getByTestId('settings-policy-save');
    this.policyState = window.getByTestId('settings-policy-state');
    this.policyTrial = window.getByTestId('settings-policy-trial');
    this.showPolicyHistory = window.getByTestId('settings-policy-show-history');
    this.policyHistory = window.getByTestId('settings-policy-history');
    this.template = window.getByTestId('settings-templates-name');
    this.previewTemplate = window.getByTestId('settings-templates-preview');
    this.previewedMail = window.getByTestId('settings-templates-mail');
    this.unreachableAddress = window.getByTestId('settings-mail-unreachable');
    this.spelling = window.getByTestId('settings-spelling');
    this.spellingLanguage = window.getByTestId('settings-spelling-language');
  }

  /** The link to a section in the table of contents, by the key of the section's title. */
  link(title: string): Locator {
    return this.#window.getByTestId(`settings-link-${title.replaceAll('.', '-')}`);
  }

  /** Types into the field above the list of pages. */
  async find(text: string): Promise<void> {
    await this.#window.getByTestId('settings-find').fill(text);
  }

  /** A label that was found. */
  found(label: string): Locator {
    return this.#window.getByTestId('settings-found-label').getByText(label, { exact: true });
  }

  /** A section by the name of its `data-testid`, such as `appearance`. */
  section(name: string): Locator {
    return this.#window.getByTestId(`settings-${name}`);
  }

  /** Opens the settings at a page, by the key of the page's title. */
  async open(title: string): Promise<void> {
    await this.#window.getByTestId('rail-settings').click();
    await this.link(title).click();
  }

  /** A field of the mail settings. */
  mail(field: 'transport' | 'host' | 'password'): Locator {
    return this.#window.getByTestId(`settings-mail-${field}`);
  }

  /** The card of a topic of the policy, by the topic's name in the settings. */
  topic(topic: string): Locator {
    return this.#window.getByTestId(`settings-policy-${topic}`);
  }

  /** The field of a rule, by its path in the policy. */
  rule(path: string): Locator {
    return this.#window.locator(`[data-rule="${path}"]`);
  }

  /** The line that unfolds the requirements for the passwords of one directory. */
  passwordRulesOf(directory: (typeof directories)[number]): Locator {
    return this.#window.getByTestId(`settings-policy-passwords.directories.${directory}`);
  }
}

/** Settings → Sign-in with a directory. */
export class DirectorySignInSection {
  readonly enabled: Locator;
  readonly directory: Locator;
  /** Who can sign in while the directory does not answer. */
  readonly local: Locator;
  readonly departments: Locator;
  readonly save: Locator;
  readonly message: Locator;
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
    const field = (name: string) => window.getByTestId(`settings-directory-sign-in-${name}`);
    this.enabled = field('enabled');
    this.directory = field('directoryId');
    this.local = field('local');
    this.departments = field('scope-departments');
    this.save = field('save');
    this.message = field('message');
  }

  /** The groups of a role, one per line. */
  groups(role: Role): Locator {
    return this.#window.getByTestId(`settings-directory-sign-in-group-${role}`);
  }

  /** Limits new operators to a department. */
  async limitTo(department: string): Promise<void> {
    await this.departments.click();
    await this.#window.getByRole('option', { name: department }).click();
  }
}

/** The identity provider's section of the settings. */
export class ProviderSection {
  readonly enabled: Locator;
  readonly name: Locator;
  readonly issuer: Locator;
  readonly clientId: Locator;
  readonly secret: Locator;
  readonly save: Locator;
  readonly test: Locator;
  /** The result of saving or testing. */
  readonly message: Locator;

  constructor(window: Page) {
    this.enabled = window.getByTestId('settings-provider-enabled');
    this.name = window.getByTestId('settings-provider-name');
    this.issuer = window.getByTestId('settings-provider-issuer');
    this.clientId = window.getByTestId('settings-provider-clientId');
    this.secret = window.getByTestId('settings-provider-secret');
    this.save = window.getByTestId('settings-provider-save');
    this.test = window.getByTestId('settings-provider-test');
    this.message = window.getByTestId('settings-provider-message');
  }
}

/** The operators' section of the settings. */
export class OperatorsSection {
  readonly section: Locator;
  readonly invite: Locator;
  readonly form: Locator;
  readonly displayName: Locator;
  readonly userName: Locator;
  readonly email: Locator;
  readonly submit: Locator;
  readonly cancel: Locator;
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
    this.section = window.getByTestId('settings-operators');
    this.invite = window.getByTestId('settings-operators-invite');
    this.form = window.getByTestId('operator-form');
    this.displayName = window.getByTestId('operator-form-displayName');
    this.userName = window.getByTestId('operator-form-userName');
    this.email = window.getByTestId('operator-form-email');
    this.submit = window.getByTestId('operator-form-submit');
    this.cancel = window.getByTestId('operator-form-cancel');
  }

  /** The checkbox of a role in the form. */
  role(role: Role): Locator {
    return this.#window.getByTestId(`operator-form-role-${role}`);
  }

  /** Opens the menu of an operator and chooses an action, such as `edit`. */
  async choose(userName: string, action: string): Promise<void> {
    await this.#window.getByTestId(`operator-menu-${userName}`).click();
    await this.#window.getByTestId(`operator-action-${action}`).click();
  }

  /** An operator's row in the table. */
  row(userName: string): Locator {
    return this.#window.getByTestId(`operator-row-${userName}`);
  }
}

/** The dialog that invites operators from a file. */
export class OperatorListDialog {
  readonly open: Locator;
  readonly count: Locator;
  /** The rows of the file, the first of which names the columns. */
  readonly rows: Locator;
  readonly invite: Locator;
  readonly #file: Locator;

  constructor(window: Page) {
    this.open = window.getByTestId('settings-operators-list');
    this.count = window.getByTestId('operator-list-count');
    this.rows = window.getByTestId('operator-list-rows').getByRole('row');
    this.invite = window.getByTestId('operator-list-invite');
    this.#file = window.getByTestId('operator-list-file');
  }

  async choose(path: string): Promise<void> {
    await this.#file.setInputFiles(path);
  }
}

/** The operator's own account in the settings. */
export class OwnAccount {
  readonly currentSession: Locator;
  /** Whether a second factor is set up, and how many recovery codes are left. */
  readonly secondFactor: Locator;

  constructor(window: Page) {
    const section = window.getByTestId('settings-own-account');
    this.currentSession = section.getByTestId('session-current');
    this.secondFactor = section.getByTestId('own-account-second-factor');
  }
}

/** An operator's own second factor, in the settings and at the first sign-in. */
export class SecondFactor {
  readonly setUp: Locator;
  readonly qrCode: Locator;
  /** Why a code was not accepted. */
  readonly failure: Locator;
  readonly code: Locator;
  readonly turnOn: Locator;
  readonly recoveryCodes: Locator;
  readonly saved: Locator;
  readonly proceed: Locator;
  readonly #secret: Locator;

  constructor(window: Page) {
    this.setUp = window.getByTestId('own-account-set-up-factor');
    this.qrCode = window.getByTestId('second-factor-qr');
    this.failure = window.getByTestId('second-factor-enrol').getByRole('alert');
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
