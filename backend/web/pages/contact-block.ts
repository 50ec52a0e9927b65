import type { PolicyDocument } from '../../../shared/api/policy.ts';
import { contactLines } from '../../messaging/mail/contact-lines.ts';
import { html, type Markup } from './markup.ts';

/** How to reach the help desk, line by line. */
export const contactBlock = (desk: PolicyDocument['deskContact']): Markup =>
  html`<p id="contact">
    ${contactLines(desk)
      .split('\n')
      .map((line) => html`${line}<br />`)}
  </p>`;
