import { z } from 'zod';
import type { Channels } from '../../../messaging/channels.ts';
import type { PolicyInForce } from '../../../policy/policy-in-force.ts';
import type { PasswordRequests } from '../../../self-service/forgot-password/password-requests.ts';
import { identifierText } from '../../../text/identifier-steps.ts';
import type { Site } from '../site.ts';
import { address as addressField } from '../form-fields.ts';
import { forgotPage, noMailPage, sentPage } from './forgot-pages.ts';

const refused = z.object({
  fault: z.enum(['invalid-address', 'rate-limited']),
  address: z.string(),
  /** When the next request will be accepted, in milliseconds. */
  until: z.number().nullable(),
});
const sent = z.object({ address: z.string() });

/** The pages behind "Forgot password?". Every identifier gets the same answer after the same work. */
export function registerForgotPassword(
  site: Site,
  {
    requests,
    policy,
    channels,
  }: { requests: PasswordRequests; policy: PolicyInForce; channels: Pick<Channels, 'obstacle'> },
): void {
  const { page, clientOf, results, now } = site;
  const empty = forgotPage();
  const refuse = (reply: Parameters<typeof page>[0], result: z.output<typeof refused>) =>
    results.redirect(reply, '/forgot-password', result);

  /** Whether no mail can be sent. The answer is the same for every user, so it reveals nothing about an account. */
  const mailObstacle = async () => (await channels.obstacle('mailed-link', 'user'))?.reason ?? null;
  const isClosed = async () => {
    const reason = await mailObstacle();
    return reason === 'channel-not-set-up' || reason === 'address-unreachable';
  };
  const cannotMail = async (reply: Parameters<typeof page>[0]) =>
    page(reply, noMailPage((await policy.current()).document.deskContact), 503);

  site.get('/forgot-password', async (request, reply) => {
    if (await isClosed()) return cannotMail(reply);
    const result = results.read(request, refused);
    if (result === null) return page(reply, empty);
    const { address, until } = result;
    if (until === null) return page(reply, forgotPage({ kind: 'invalid-address' }, address), 422);
    reply.header('Retry-After', Math.max(1, Math.ceil((until - now()) / 1000)));
    return page(reply, forgotPage({ kind: 'rate-limited', until, now: now() }, address), 429);
  });
  site.form(
    '/forgot-password',
    addressField,
    async (request, reply, form) => {
      if (await isClosed()) return cannotMail(reply);
      const address = identifierText(form.address);
      // A domain alone names no account.
      if (address === '' || /@$|^@/.test(address))
        return refuse(reply, { fault: 'invalid-address', address, until: null });
      const outcome = await requests.submit(address, clientOf(request));
      return outcome.kind === 'rate-limited'
        ? refuse(reply, { fault: 'rate-limited', address, until: outcome.until })
        : results.redirect(reply, '/forgot-password/sent', { address });
    },
    { limited: true },
  );
  site.get('/forgot-password/sent', async (request, reply) => {
    const result = results.read(request, sent);
    if (result === null) return reply.redirect('/forgot-password', 303);
    const { resetLink, deskContact } = (await policy.current()).document;
    const delayedContact = (await mailObstacle()) === null ? null : deskContact;
    return page(reply, sentPage(result.address, resetLink.validFor, delayedContact));
  });
}
