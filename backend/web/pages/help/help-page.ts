import type { PolicyDocument } from '../../../../shared/api/policy.ts';
import { layout } from '../layout.ts';
import { html } from '../markup.ts';
import { texts } from '../texts.ts';

/** The guide's five steps and notes, with the numbers of the policy in force: they are the same for everybody. */
export function helpPage({ signIn, resetLink, selfService }: PolicyDocument): string {
  const { help } = texts;
  const numbers: Readonly<Record<string, number>> = {
    failures: signIn.failures,
    minutes: Math.round(signIn.lockFor / 60),
    hours: Math.round(resetLink.validFor / 3600),
    requests: selfService.perAddress,
  };
  const filled = (text: string) =>
    text.replaceAll(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(numbers[name] ?? ''));
  return layout(
    help.title,
    html`<p>${help.lead}</p>
      <ol class="steps">
        ${help.steps.map(
          ({ title, text }) =>
            html`<li>
              <h2>${title}</h2>
              <p>${text}</p>
            </li>`,
        )}
      </ol>
      <h2>${help.knows}</h2>
      <ul>
        ${[help.lockedFor, help.linkFor, help.mailsPer].map((text) => html`<li>${filled(text)}</li>`)}
      </ul>
      <h2>${help.notes}</h2>
      <ul>
        ${help.note.map((text) => html`<li>${text}</li>`)}
      </ul>
      <p><a href="/forgot-password">${help.again}</a></p>
      <p><a href="/login">${help.toLogin}</a></p>`,
    { wide: true, bare: true },
  );
}
