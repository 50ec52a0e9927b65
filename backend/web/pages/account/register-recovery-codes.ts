import type { Enrolment } from '../../../credentials/enrolment/enrolment.ts';
import type { ConfirmPassword } from '../../../self-service/confirm-password.ts';
import { html, nothing } from '../markup.ts';
import { assertSameOrigin } from '../same-origin.ts';
import { perMinute, type Site } from '../site.ts';
import { currentPassword } from '../form-fields.ts';
import { timeTag } from '../times.ts';
import { texts } from '../texts.ts';
import { accountFrame, heldNotice, currentPasswordField, type Notice } from './account-frame.ts';
import { requireSignedIn } from './signed-in.ts';

interface Collaborators {
  readonly enrolment: Enrolment;
  readonly confirmPassword: ConfirmPassword;
}

const { codes: text, confirm } = texts.account;

/** Recovery codes: how many are left, and ten new ones, shown once. */
export function registerRecoveryCodes(site: Site, collaborators: Collaborators): void {
  const { server, page, originOf } = site;
  const { enrolment, confirmPassword } = collaborators;
  const state = async (accountId: string, name: string, said: Notice) => {
    const { recoveryCodes } = await enrolment.view(accountId);
    return accountFrame(
      text.title,
      name,
      said,
      html`<p>
          ${
            recoveryCodes
              ? html`${recoveryCodes.left} ${text.left} ${timeTag(recoveryCodes.createdAt)}. ${text.void}`
              : text.none
          }
        </p>
        <form method="post" action="/account/recovery-codes">
          ${currentPasswordField()}
          <button>${text.make}</button>
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
      const { codes: made, outcome } = await enrolment.recoveryCodes.create(account, by);
      return page(
        reply,
        accountFrame(
          text.made,
          displayName,
          null,
          html`${outcome.kind === 'held' ? heldNotice(outcome.until) : nothing}
            <p>${text.lead}</p>
            <ul class="codes code">
              ${made.map((code) => html`<li>${code}</li>`)}
            </ul>`,
        ),
      );
    }),
  );
}
