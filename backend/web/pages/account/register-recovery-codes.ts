import { z } from 'zod';
import { recoveryCodeCount } from '../../../credentials/enrolment/recovery-codes.ts';
import type { Enrolment } from '../../../credentials/enrolment/enrolment.ts';
import type { AccountRow } from '../../../directories/directory.ts';
import type { ConfirmPassword } from '../../../self-service/confirm-password.ts';
import { html, nothing } from '../markup.ts';
import type { Site } from '../site.ts';
import { currentPassword } from '../form-fields.ts';
import { timeTag } from '../times.ts';
import { t, texts } from '../texts.ts';
import { accountFrame, heldNotice, currentPasswordField, type Notice } from './account-frame.ts';
import { requireSignedIn } from './signed-in.ts';
import { exposeAll } from '../../../../shared/secret/secret.ts';

interface Collaborators {
  readonly enrolment: Enrolment;
  readonly confirmPassword: ConfirmPassword;
}

const { codes: text, confirm } = texts.account;
const refused = z.object({ fault: z.literal('wrong-password') });
const created = z.object({
  codes: z.array(z.string()),
  /** When the change is cancelled unless the help desk approves it, in milliseconds; null if it is in force. */
  heldUntil: z.number().nullable(),
});

const createdPage = (name: string, { codes, heldUntil }: z.output<typeof created>): string =>
  accountFrame(
    text.created,
    name,
    null,
    html`${heldUntil === null ? nothing : heldNotice(heldUntil)}
      <p>${text.lead}</p>
      <ul class="codes code">
        ${codes.map((code) => html`<li>${code}</li>`)}
      </ul>`,
  );

/** Recovery codes: the number that is left, and new ones, which are shown once. */
export function registerRecoveryCodes(site: Site, { enrolment, confirmPassword }: Collaborators): void {
  const { page, originOf, results } = site;
  const state = async ({ id, display_name: name }: AccountRow, notice: Notice) => {
    const { recoveryCodes } = await enrolment.view(id);
    return accountFrame(
      text.title,
      name,
      notice,
      html`<p>
          ${
            recoveryCodes
              ? html`${t('account.codes.left', {
                  count: recoveryCodes.left,
                  total: recoveryCodeCount,
                  time: timeTag(recoveryCodes.createdAt),
                })}
                ${text.replaces}`
              : text.none
          }
        </p>
        <form method="post" action="/account/recovery-codes">
          ${currentPasswordField()}
          <button>${t('account.codes.create', { count: recoveryCodeCount })}</button>
        </form>`,
    );
  };
  site.get(
    '/account/recovery-codes',
    requireSignedIn(site, async (request, reply, { account }) => {
      const isRefused = results.read(request, refused) !== null;
      const notice: Notice = isRefused ? { kind: 'bad', text: confirm.wrong } : null;
      return page(reply, await state(account, notice), isRefused ? 422 : 200);
    }),
  );
  site.form(
    '/account/recovery-codes',
    currentPassword,
    requireSignedIn(site, async (request, reply, { account }, { current }) => {
      const by = originOf(request, account);
      if (!(await confirmPassword.confirm(account, current, by)))
        return results.redirect(reply, '/account/recovery-codes', { fault: 'wrong-password' });
      const { codes, outcome } = await enrolment.recoveryCodes.create(account, by);
      const heldUntil = outcome.kind === 'held' ? outcome.until : null;
      return results.redirect(reply, '/account/recovery-codes/new', {
        codes: exposeAll(codes),
        heldUntil,
      });
    }),
    { limited: true },
  );
  site.get(
    '/account/recovery-codes/new',
    requireSignedIn(site, async (request, reply, { account }) => {
      const result = results.read(request, created);
      if (result === null) return reply.redirect('/account/recovery-codes', 303);
      results.forget(reply);
      return page(reply, createdPage(account.display_name, result));
    }),
  );
}
