import type { Locator, Page } from '@playwright/test';

/** Mails and texts that stay on this computer because no server is configured. */
export class OutboxScreen {
  readonly mails: Locator;
  readonly texts: Locator;
  readonly openMail: Locator;
  readonly asReceived: Locator;
  readonly asText: Locator;

  constructor(window: Page) {
    this.mails = window.getByTestId('outbox-mail');
    this.texts = window.getByTestId('outbox-text');
    this.openMail = window.getByTestId('outbox-open-mail');
    const view = window.getByTestId('outbox-view');
    this.asReceived = view.getByText('As received');
    this.asText = view.getByText('Plain text');
  }
}
