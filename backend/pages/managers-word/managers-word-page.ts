import type { AskedOfManager } from '../../verification/managers-answers.ts';
import { layout } from '../layout.ts';
import { html } from '../markup.ts';
import { managersWordWords as words } from './managers-word-words.ts';

/** A moment as it is read anywhere: UTC, to the minute. */
const stamp = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Who asks for whom, and the two answers. */
export function askPage(asked: AskedOfManager, token: string): string {
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
        <dd>${stamp(asked.askedAt)}</dd>
        <dt>${words.until}</dt>
        <dd>${stamp(asked.expiresAt)}</dd>
      </dl>
      <p>${words.first}</p>
      ${answer('yes', words.yes, 'primary')} ${answer('no', words.no, 'quiet')}`,
  );
}

export const thanksPage = (word: 'yes' | 'no'): string =>
  layout(words.thanks.title, html`<p role="status">${words.thanks[word]}</p>`);

export const deadQuestionPage = (): string => layout(words.dead.title, html`<p>${words.dead.text}</p>`);
