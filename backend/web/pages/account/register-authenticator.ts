import { z } from 'zod';
import type { Enrolment, EnrolmentView } from '../../../credentials/enrolment/enrolment.ts';
import type { AccountRow } from '../../../directories/directory.ts';
import type { ConfirmPassword } from '../../../self-service/confirm-password.ts';
import { html, Markup, nothing } from '../markup.ts';
import { assertSameOrigin } from '../same-origin.ts';
import { perMinute, type Site } from '../site.ts';
import { code, currentPassword } from '../form-fields.ts';
import { timeTag } from '../times.ts';
import { t, texts } from '../texts.ts';
import { accountFrame, currentPasswordField, type Notice } from './account-frame.ts';
import { requireSignedIn } from './signed-in.ts';

const { authenticator: text, confirm } = texts.account;
const enrolment = code.extend({ enrolment: z.string().max(100).catch('') });

const statePage = (name: string, { authenticator }: EnrolmentView, notice: Notice): string =>
  accountFrame(
    text.title,
    name,
    notice,
    html`<p>
        ${authenticator ? t('account.authenticator.on', { time: timeTag(authenticator.confirmedAt) }) : text.off}
      </p>
      <form method="post" action="/account/authenticator/begin">
        ${currentPasswordField()}
        <button>${authenticator ? text.replace : text.begin}</button>
        ${
          authenticator
            ? html`<button class="stop" formaction="/account/authenticator/remove">${text.remove}</button>`
            : nothing
        }
      </form>`,
  );

/** `secret` is null after a wrong code: it is shown only once. */
const confirmPage = (
  name: string,
  enrolmentId: string,
  secret: { picture: Markup; key: string } | null,
): string =>
  accountFrame(
    text.title,
    name,
    secret === null ? { kind: 'bad', text: text.wrong } : null,
    html`${
        secret === null
          ? nothing
          : html`<p>${text.scan}</p>
              <div class="qr" role="img" aria-label="${text.picture}">${secret.picture}</div>
              <p>${text.type}<br /><strong class="code">${secret.key}</strong></p>`
      }
      <form method="post" action="/account/authenticator/confirm">
        <input type="hidden" name="enrolment" value="${enrolmentId}" />
        <label for="code">${text.code}</label>
        <input
          id="code"
          name="code"
          class="code"
          inputmode="numeric"
          autocomplete="one-time-code"
          required
          maxlength="10"
          autofocus
        />
        <button>${text.confirm}</button>
      </form>
      <p><a href="/account/authenticator">${text.again}</a></p>`,
  );

interface Collaborators {
  readonly enrolment: Enrolment;
  readonly confirmPassword: ConfirmPassword;
}

/** Setting up and removing the authenticator app. Both ask for the password, since the app decides who can sign in. */
export function registerAuthenticator(site: Site, collaborators: Collaborators): void {
  const { server, page, originOf } = site;
  const { authenticators, view } = collaborators.enrolment;
  const state = async ({ id, display_name: name }: AccountRow, notice: Notice) =>
    statePage(name, await view(id), notice);
  const wrong = { kind: 'bad', text: confirm.wrong } as const;
  const notices: Readonly<Record<string, string>> = {
    set: text.confirmed,
    removed: text.removed,
    held: texts.account.held.notice,
  };

  server.get(
    '/account/authenticator',
    requireSignedIn(site, async (request, reply, { account }) => {
      const notice = notices[(request.query as { said?: string }).said ?? ''];
      const kind = notice === texts.account.held.notice ? 'look' : 'good';
      return page(reply, await state(account, notice === undefined ? null : { kind, text: notice }));
    }),
  );
  server.post(
    '/account/authenticator/begin',
    perMinute,
    requireSignedIn(site, async (request, reply, { account }) => {
      assertSameOrigin(request);
      const { current } = currentPassword.parse(request.body ?? {});
      const by = originOf(request, account);
      if (!(await collaborators.confirmPassword.confirm(account, current, by)))
        return page(reply, await state(account, wrong), 422);
      const { enrolmentId, secret, uri } = await authenticators.begin(account);
      const { toString: qrCode } = await import('qrcode');
      const picture = new Markup(await qrCode(uri, { type: 'svg', margin: 3 }));
      const key = secret.replaceAll(/(.{4})(?=.)/g, '$1 ');
      return page(reply, confirmPage(account.display_name, enrolmentId, { picture, key }));
    }),
  );
  server.post(
    '/account/authenticator/confirm',
    perMinute,
    requireSignedIn(site, async (request, reply, { account }) => {
      assertSameOrigin(request);
      const given = enrolment.parse(request.body ?? {});
      const digits = given.code.replaceAll(/\s/g, '');
      const outcome = await authenticators.confirm(
        account,
        given.enrolment,
        digits,
        originOf(request, account),
      );
      if (outcome === null) return page(reply, confirmPage(account.display_name, given.enrolment, null), 422);
      const said = outcome.kind === 'held' ? 'held' : 'set';
      return reply.redirect(`/account/authenticator?said=${said}`, 303);
    }),
  );
  server.post(
    '/account/authenticator/remove',
    perMinute,
    requireSignedIn(site, async (request, reply, { account }) => {
      assertSameOrigin(request);
      const { current } = currentPassword.parse(request.body ?? {});
      const by = originOf(request, account);
      if (!(await collaborators.confirmPassword.confirm(account, current, by)))
        return page(reply, await state(account, wrong), 422);
      const outcome = await authenticators.remove(account, by);
      const said = outcome?.kind === 'held' ? 'held' : 'removed';
      return reply.redirect(`/account/authenticator?said=${said}`, 303);
    }),
  );
}
