import type { PolicyDocument } from '../../../../shared/api/policy.ts';
import { deskTime } from '../../../messaging/mail/desk-time.ts';
import type { ManagersQuestion } from '../../../casework/verification/managers-answers.ts';
import { layout } from '../layout.ts';
import { html } from '../markup.ts';
import { t, texts } from '../texts.ts';
import { timeTag } from '../times.ts';

const { managersWord: text } = texts;

/** The question to the manager and its two answers. Times are in the desk's zone, as in the email; the page script shows local time. */
export function askPage(asked: ManagersQuestion, token: string, desk: PolicyDocument['deskContact']): string {
  const time = (at: number) => timeTag(at, deskTime(at, desk));
  const answer = (word: 'yes' | 'no', label: string, style: string) =>
    html`<form method="post" action="/managers-word">
      <input type="hidden" name="token" value="${token}" />
      <input type="hidden" name="word" value="${word}" />
      <button class="${style}">${label}</button>
    </form>`;
  return layout(
    text.title,
    html`<p>
        ${t('managersWord.lead', {
          name: html`<strong>${asked.displayName}</strong>`,
          userName: html`<strong>${asked.userName}</strong>`,
        })}
      </p>
      <dl>
        <dt>${text.operator}</dt>
        <dd>${asked.operator}</dd>
        <dt>${text.number}</dt>
        <dd>${asked.caseNumber}</dd>
        <dt>${text.when}</dt>
        <dd>${time(asked.askedAt)}</dd>
        <dt>${text.until}</dt>
        <dd>${time(asked.expiresAt)}</dd>
      </dl>
      <p>${text.first}</p>
      ${answer('yes', text.yes, 'primary')} ${answer('no', text.no, 'quiet')}`,
    { script: true },
  );
}

export const thanksPage = (word: 'yes' | 'no'): string =>
  layout(text.thanks.title, html`<p role="status">${text.thanks[word]}</p>`);

export const deadQuestionPage = (): string => layout(text.dead.title, html`<p>${text.dead.text}</p>`);
