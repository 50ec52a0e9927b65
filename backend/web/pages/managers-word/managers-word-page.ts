import type { PolicyDocument } from '../../../../shared/api/policy.ts';
import { deskTime } from '../../../messaging/mail/desk-time.ts';
import type { AskedOfManager } from '../../../casework/verification/managers-answers.ts';
import { layout } from '../layout.ts';
import { html } from '../markup.ts';
import { timeTag } from '../times.ts';
import { managersWord as words } from '../texts/managers-word.ts';

/** Who asks for whom, and the two answers. Times are the desk's, as in the mail; with the script the reader's own. */
export function askPage(asked: AskedOfManager, token: string, desk: PolicyDocument['deskContact']): string {
  const time = (at: number) => timeTag(at, deskTime(at, desk));
  const answer = (word: 'yes' | 'no', label: string, look: string) =>
    html`<form method="post" action="/managers-word">
      <input type="hidden" name="token" value="${token}" />
      <input type="hidden" name="word" value="${word}" />
      <button class="${look}">${label}</button>
    </form>`;
  return layout(
    words.title,
    html`<p>
        ${words.somebody} <strong>${asked.displayName}</strong> ${words.asks}
        <strong>${asked.userName}</strong>.
      </p>
      <dl>
        <dt>${words.operator}</dt>
        <dd>${asked.operator}</dd>
        <dt>${words.number}</dt>
        <dd>${asked.caseNumber}</dd>
        <dt>${words.when}</dt>
        <dd>${time(asked.askedAt)}</dd>
        <dt>${words.until}</dt>
        <dd>${time(asked.expiresAt)}</dd>
      </dl>
      <p>${words.first}</p>
      ${answer('yes', words.yes, 'primary')} ${answer('no', words.no, 'quiet')}`,
    { script: true },
  );
}

export const thanksPage = (word: 'yes' | 'no'): string =>
  layout(words.thanks.title, html`<p role="status">${words.thanks[word]}</p>`);

export const deadQuestionPage = (): string => layout(words.dead.title, html`<p>${words.dead.text}</p>`);
