import type { Phrase } from '../../../casework/cases/phrases.ts';
import { html, nothing, type Markup } from '../markup.ts';
import { remainingTime } from '../times.ts';
import { t, texts } from '../texts.ts';

const { phrase: text } = texts.account;

/** The words and the operator's name by which the user recognises the help desk on the phone. */
export const phraseBox = (phrase: Phrase | null, now: number): Markup =>
  phrase === null
    ? nothing
    : html`<section class="proof" aria-labelledby="proof">
        <h2 id="proof">${text.title}</h2>
        <p>${t('account.phrase.lead', { operator: html`<strong>${phrase.operator}</strong>` })}</p>
        <p class="words code">${phrase.words.map((word) => html`<span>${word}</span> `)}</p>
        ${remainingTime(text.until, phrase.until, now)}
        <p class="soft">${text.otherwise}</p>
      </section>`;
