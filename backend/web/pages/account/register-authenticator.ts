import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { readDigits } from '../../../../shared/typed/code.ts';
import type { Enrolment, EnrolmentView } from '../../../credentials/enrolment/enrolment.ts';
import type { ConfirmPassword } from '../../../self-service/confirm-password.ts';
import { html, Markup, nothing } from '../markup.ts';
import type { Site } from '../site.ts';
import { code, currentPassword, noticeOf, rowId } from '../form-fields.ts';
import { timeTag } from '../times.ts';
import { t, texts } from '../texts.ts';
import { accountFrame, currentPasswordField, type Notice } from './account-frame.ts';
import { requireSignedIn } from './signed-in.ts';

const { authenticator: text, confirm } = texts.account;
const enrolment = code.extend({ enrolment: rowId });

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

/** The result of a confirmed password: the enrolment, and its `otpauth:` address until the first attempt. */
const begun = z.object({
  enrolment: z.string(),
  secret: z.object({ key: z.string(), uri: z.string() }).nullable(),
});
const refused = z.object({ fault: z.literal('wrong-password') });

/** `secret` is null after a wrong code, because it is shown only once. */
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
          maxlength="200"
          autofocus
        />
        <button>${text.confirm}</button>
      </form>
      <p><a href="/account/authenticator">${text.again}</a></p>`,
  );

async function pictureOf(uri: string): Promise<Markup> {
  const { toString: qrCode } = await import('qrcode');
  return new Markup(await qrCode(uri, { type: 'svg', margin: 3 }));
}

interface Collaborators {
  readonly enrolment: Enrolment;
  readonly confirmPassword: ConfirmPassword;
}

const notices: Readonly<Record<string, Notice>> = {
  set: { kind: 'good', text: text.confirmed },
  removed: { kind: 'good', text: text.removed },
  held: { kind: 'look', text: texts.account.held.notice },
};
const [statePath, confirmPath] = ['/account/authenticator', '/account/authenticator/confirm'];

/** Setting up and removing the authenticator app. Both ask for the password, since the app decides who can sign in. */
export function registerAuthenticator(site: Site, collaborators: Collaborators): void {
  const { page, originOf, results } = site;
  const { authenticators, view } = collaborators.enrolment;
  const { confirmPassword } = collaborators;
  const refuse = (reply: FastifyReply) => results.redirect(reply, statePath, { fault: 'wrong-password' });

  site.get(
    statePath,
    requireSignedIn(site, async (request, reply, { account }) => {
      const isRefused = results.read(request, refused) !== null;
      const notice: Notice = isRefused
        ? { kind: 'bad', text: confirm.wrong }
        : noticeOf(notices, request.query);
      const content = statePage(account.display_name, await view(account.id), notice);
      return page(reply, content, isRefused ? 422 : 200);
    }),
  );
  site.form(
    '/account/authenticator/begin',
    currentPassword,
    requireSignedIn(site, async (request, reply, { account }, { current }) => {
      if (!(await confirmPassword.confirm(account, current, originOf(request, account))))
        return refuse(reply);
      const { enrolmentId, secret, uri } = await authenticators.begin(account);
      const key = secret.expose().replaceAll(/(.{4})(?=.)/g, '$1 ');
      return results.redirect(reply, confirmPath, {
        enrolment: enrolmentId,
        secret: { key, uri: uri.expose() },
      });
    }),
    { limited: true },
  );
  site.get(
    confirmPath,
    requireSignedIn(site, async (request, reply, { account }) => {
      const result = results.read(request, begun);
      if (result === null) return reply.redirect(statePath, 303);
      const { enrolment: id, secret } = result;
      const shown = secret && { key: secret.key, picture: await pictureOf(secret.uri) };
      return page(reply, confirmPage(account.display_name, id, shown), shown === null ? 422 : 200);
    }),
  );
  site.form(
    confirmPath,
    enrolment,
    requireSignedIn(site, async (request, reply, { account }, given) => {
      const digits = readDigits(given.code, 6);
      const by = originOf(request, account);
      const outcome = await authenticators.confirm(account, given.enrolment, digits, by);
      if (outcome === null)
        return results.redirect(reply, confirmPath, { enrolment: given.enrolment, secret: null });
      results.forget(reply);
      return reply.redirect(`${statePath}?said=${outcome.kind === 'held' ? 'held' : 'set'}`, 303);
    }),
    { limited: true },
  );
  site.form(
    '/account/authenticator/remove',
    currentPassword,
    requireSignedIn(site, async (request, reply, { account }, { current }) => {
      const by = originOf(request, account);
      if (!(await confirmPassword.confirm(account, current, by))) return refuse(reply);
      const outcome = await authenticators.remove(account, by);
      return reply.redirect(`${statePath}?said=${outcome?.kind === 'held' ? 'held' : 'removed'}`, 303);
    }),
    { limited: true },
  );
}
