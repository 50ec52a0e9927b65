import type { Phrase } from '../../../casework/cases/phrases.ts';
import { html, nothing, type Markup } from '../markup.ts';
import { remainingTime } from '../times.ts';
import { texts } from '../texts.ts';

const { phrase: text } = texts.account;

/** By what the signed-in user knows that it is the help desk on the phone: the words that the operator sees, and the operator's name. */
export const phraseBox = (phrase: Phrase | null, now: number): Markup =>
  phrase === null
    ? nothing
    : html`<section class="proof" aria-labelledby="proof">
        <h2 id="proof">${text.title}</h2>
        <p>${text.itIs} <strong>${phrase.operator}</strong> ${text.ifReads}</p>
        <p class="words code">${phrase.words.map((word) => html`<span>${word}</span> `)}</p>
        ${remainingTime(text.until, phrase.until, now)}
        <p class="soft">${text.otherwise}</p>
      </section>`;
