import type { PolicyDocument } from '../../../../shared/api/policy.ts';
import { deskTime } from '../../../messaging/mail/desk-time.ts';
import type { ManagersQuestion } from '../../../casework/verification/managers-answers.ts';
import { layout } from '../layout.ts';
import { html, nothing } from '../markup.ts';
import { t, texts } from '../texts.ts';
import { timeTag } from '../times.ts';

const { managersWord: text } = texts;

interface Refused {
  readonly fault: 'no-answer' | 'wrong-name';
  readonly word: 'yes' | 'no' | null;
}

/**
 * The question to the manager, with an answer to choose and the caller's name to type. Times are in the desk's zone, as in the email; the page script
 * shows local time. `refused` is the last attempt, if it was not accepted.
 */
export function askPage(
  asked: ManagersQuestion,
  token: string,
  desk: PolicyDocument['deskContact'],
  refused: Refused | null,
): string {
  const time = (at: number) => timeTag(at, deskTime(at, desk));
  const choice = (word: 'yes' | 'no') =>
    html`<label class="choice">
      <input
        type="radio"
        name="word"
        value="${word}"
        required
        ${refused?.word === word ? html`checked` : nothing}
      />
      ${text[word]}
    </label>`;
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
      ${refused === null ? nothing : html`<p class="bad" role="alert">${text.faults[refused.fault]}</p>`}
      <form method="post" action="/managers-word">
        <input type="hidden" name="token" value="${token}" />
        <fieldset>
          <legend>${text.answer}</legend>
          ${choice('yes')} ${choice('no')}
        </fieldset>
        <label for="name">${text.name}</label>
        <input id="name" name="name" autocomplete="off" required maxlength="200" aria-describedby="hint" />
        <p class="hint" id="hint">${text.hint}</p>
        <button>${text.send}</button>
      </form>`,
    { script: true },
  );
}

export const thanksPage = (word: 'yes' | 'no'): string =>
  layout(text.thanks.title, html`<p role="status">${text.thanks[word]}</p>`);

export const deadQuestionPage = (): string => layout(text.dead.title, html`<p>${text.dead.text}</p>`);
