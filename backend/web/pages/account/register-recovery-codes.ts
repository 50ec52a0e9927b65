import { recoveryCodeCount } from '../../../credentials/enrolment/recovery-codes.ts';
import type { Enrolment } from '../../../credentials/enrolment/enrolment.ts';
import type { ConfirmPassword } from '../../../self-service/confirm-password.ts';
import { html, nothing } from '../markup.ts';
import { assertSameOrigin } from '../same-origin.ts';
import { perMinute, type Site } from '../site.ts';
import { currentPassword } from '../form-fields.ts';
import { timeTag } from '../times.ts';
import { t, texts } from '../texts.ts';
import { accountFrame, heldNotice, currentPasswordField, type Notice } from './account-frame.ts';
import { requireSignedIn } from './signed-in.ts';

interface Collaborators {
  readonly enrolment: Enrolment;
  readonly confirmPassword: ConfirmPassword;
}

const { codes: text, confirm } = texts.account;

/** Recovery codes: how many are left, and new ones, shown once. */
export function registerRecoveryCodes(site: Site, collaborators: Collaborators): void {
  const { server, page, originOf } = site;
  const { enrolment, confirmPassword } = collaborators;
  const state = async (accountId: string, name: string, notice: Notice) => {
    const { recoveryCodes } = await enrolment.view(accountId);
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
  server.get(
    '/account/recovery-codes',
    requireSignedIn(site, async (_request, reply, { account }) =>
      page(reply, await state(account.id, account.display_name, null)),
    ),
  );
  server.post(
    '/account/recovery-codes',
    perMinute,
    requireSignedIn(site, async (request, reply, { account }) => {
      assertSameOrigin(request);
      const { id: accountId, display_name: displayName } = account;
      const by = originOf(request, account);
      const { current } = currentPassword.parse(request.body ?? {});
      if (!(await confirmPassword.confirm(account, current, by)))
        return page(reply, await state(accountId, displayName, { kind: 'bad', text: confirm.wrong }), 422);
      const { codes: created, outcome } = await enrolment.recoveryCodes.create(account, by);
      return page(
        reply,
        accountFrame(
          text.created,
          displayName,
          null,
          html`${outcome.kind === 'held' ? heldNotice(outcome.until) : nothing}
            <p>${text.lead}</p>
            <ul class="codes code">
              ${created.map((code) => html`<li>${code}</li>`)}
            </ul>`,
        ),
      );
    }),
  );
}
