import type { PolicyDocument } from '../../../../shared/api/policy.ts';
import type { PolicyInForce } from '../../../policy/policy-in-force.ts';
import { layout } from '../layout.ts';
import { html } from '../markup.ts';
import type { Site } from '../site.ts';
import { t, texts } from '../texts.ts';
import { formatDuration } from '../times.ts';

/** The guide's five steps and notes, with the limits of the policy in force. */
function helpPage({ signIn, resetLink, selfService }: PolicyDocument): string {
  const { help } = texts;
  const limits = [
    t('help.lockedFor', { failures: signIn.failures, lock: formatDuration(signIn.lockFor * 1000) }),
    t('help.linkFor', { hours: formatDuration(resetLink.validFor * 1000) }),
    t('help.linksPer', { count: selfService.perAddress }),
  ];
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
      <h2>${help.limits}</h2>
      <ul>
        ${limits.map((text) => html`<li>${text}</li>`)}
      </ul>
      <h2>${help.notes}</h2>
      <ul>
        ${help.note.map((text) => html`<li>${text}</li>`)}
      </ul>
      <p><a href="/forgot-password">${help.requestLink}</a></p>
      <p><a href="/login">${help.toLogin}</a></p>`,
    { wide: true, bare: true },
  );
}

/** The help page. */
export function registerHelp({ get, page }: Site, { policy }: { policy: PolicyInForce }): void {
  get('/help', async (_request, reply) => page(reply, helpPage((await policy.current()).document)));
}
