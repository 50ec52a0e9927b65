import type { Locator, Page } from '@playwright/test';
import type { refusalReasons } from '../../shared/api/case.ts';
import type { CheckKind } from '../../shared/api/check.ts';

/** The case: verify the caller, reset. `Handover` has what follows a reset. */
export class CaseScreen {
  readonly readInOutbox: Locator;
  readonly sendCode: Locator;
  readonly textCode: Locator;
  /** The field for the code that the caller reads back. */
  readonly firstDigit: Locator;
  readonly resetPassword: Locator;
  readonly sendLink: Locator;
  /** Unlocks the account without a new password; shown while it is locked. */
  readonly unlock: Locator;
  readonly askApprover: Locator;
  readonly openTimeline: Locator;
  readonly closeCase: Locator;
  readonly dialog: Locator;
  /** The first step, with the caller's points. */
  readonly verification: Locator;
  /** The second step, with what the caller still lacks for a reset. */
  readonly reset: Locator;
  readonly approval: Locator;
  readonly account: Locator;
  readonly timeline: Locator;
  /** Shows the checks that cannot be used. */
  readonly unusableChecks: Locator;
  readonly refuse: Locator;
  readonly confirmRefusal: Locator;
  readonly cancelRefusal: Locator;
  /** Closes the words that prove the help desk to the caller. */
  readonly closePhrase: Locator;
  /** What the case still lacks for a reset. */
  readonly missing: Locator;
  readonly reason: Locator;
  /** The required reset of the account. */
  readonly requirement: Locator;
  readonly badgeKind: Locator;
  /** Why an approver is needed, while the request is pending. */
  readonly approvalPending: Locator;
  /** Leaves an ended case for the next caller. */
  readonly next: Locator;
  /** The answer of the person who was called back. */
  readonly callNote: Locator;
  readonly callConfirmed: Locator;
  /** The person's accounts in other directories. */
  readonly otherAccounts: Locator;
  /** Opens a case about the first of them. */
  readonly alsoReset: Locator;
  /** What the case about another account of the person proves here. */
  readonly takenOver: Locator;
  readonly #window: Page;

  constructor(window: Page) {
    this.#window = window;
    this.readInOutbox = window.getByTestId('case-read-in-outbox');
    this.sendCode = window.getByTestId('case-start-emailed-code');
    this.textCode = window.getByTestId('case-start-texted-code');
    this.firstDigit = window.getByTestId('case-code-digit-1');
    this.resetPassword = window.getByTestId('case-reset-temporary-password');
    this.sendLink = window.getByTestId('case-reset-reset-link');
    this.unlock = window.getByTestId('case-unlock-action');
    this.askApprover = window.getByTestId('case-ask-temporary-password');
    this.openTimeline = window.getByTestId('case-open-timeline');
    this.closeCase = window.getByTestId('case-close');
    this.dialog = window.getByRole('dialog');
    this.verification = window.getByTestId('case-step-verify');
    this.reset = window.getByTestId('case-step-reset');
    this.approval = window.getByTestId('case-approval');
    this.account = window.getByTestId('case-account');
    this.timeline = window.getByTestId('case-timeline');
    this.unusableChecks = window.getByTestId('case-unusable-checks');
    this.refuse = window.getByTestId('case-refuse');
    this.confirmRefusal = window.getByTestId('refuse-confirm');
    this.cancelRefusal = window.getByTestId('refuse-cancel');
    this.closePhrase = window.getByTestId('phrase-close');
    this.missing = window.getByTestId('case-missing');
    this.reason = window.getByTestId('case-reason');
    this.requirement = window.getByTestId('case-requirement');
    this.badgeKind = window.getByTestId('case-badge-kind');
    this.approvalPending = window.locator('[data-testid=case-approval-state][data-state=pending]');
    this.next = window.getByTestId('case-next');
    this.callNote = window.getByTestId('case-call-note');
    this.callConfirmed = window.getByTestId('case-call-confirmed');
    this.otherAccounts = window.getByTestId('case-other-account');
    this.alsoReset = window.getByTestId('case-also-reset').first();
    this.takenOver = window.getByTestId('case-taken-over');
  }

  /** The tab of an open case, by the user name of its account. */
  tab(userName: string): Locator {
    return this.#window.getByTestId(`case-tab-${userName}`);
  }

  /** The row of a kind of check. */
  check(kind: CheckKind): Locator {
    return this.#window.getByTestId(`case-check-${kind}`);
  }

  /** A reason in the dialog that refuses the case. */
  refusalReason(reason: (typeof refusalReasons)[number]): Locator {
    return this.#window.getByTestId(`refuse-reason-${reason}`);
  }

  /** The button that starts a kind of check. */
  start(kind: CheckKind): Locator {
    return this.#window.getByTestId(`case-start-${kind}`);
  }

  /** The meter once the caller has this many points. */
  points(earned: number): Locator {
    return this.#window.locator(`[role=meter][aria-valuenow="${earned}"]`);
  }

  /** Records that the caller stands at the desk and was recognised. */
  async seeInPerson(badgeNumber: string, note: string): Promise<void> {
    await this.start('in-person').click();
    await this.#window.getByTestId('case-badge-number').fill(badgeNumber);
    await this.#window.getByTestId('case-badge-note').fill(note);
    await this.#window.getByTestId('case-badge-recognised').click();
  }

  /** Types the code that the caller reads back. */
  async readBack(code: string): Promise<void> {
    await this.firstDigit.focus();
    await this.#window.keyboard.type(code);
  }

  /** Confirms the open dialog of a reset. */
  async confirm(): Promise<void> {
    await this.#window.getByTestId('reset-confirm').click();
  }
}
