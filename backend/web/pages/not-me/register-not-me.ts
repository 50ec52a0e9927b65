import type { Freezes } from '../../../casework/freezes/freezes.ts';
import type { PolicyInForce } from '../../../policy/policy-in-force.ts';
import type { Site } from '../site.ts';
import { confirmed, linkPath, notConfirmed, token } from '../form-fields.ts';
import { notMePage } from './not-me-page.ts';

/** "This was not me". Neither opening the page nor pressing its button alone changes anything: mail scanners do both. */
export function registerNotMe(
  site: Site,
  { freezes, policy }: { freezes: Freezes; policy: PolicyInForce },
): void {
  const { page, clientOf, results } = site;
  site.get(
    '/not-me/:token',
    async (request, reply) => {
      const given = token.parse(request.params);
      const notMe = await freezes.look(given.token);
      const { deskContact } = (await policy.current()).document;
      const isRefused = notMe.kind === 'good' && results.read(request, notConfirmed) !== null;
      const status = notMe.kind === 'dead' ? 410 : isRefused ? 422 : 200;
      return page(reply, notMePage(notMe, given.token, deskContact, isRefused), status);
    },
    { limited: true },
  );
  site.form(
    '/not-me',
    token.extend(confirmed.shape),
    async (request, reply, given) => {
      const path = linkPath('not-me', given.token);
      if (given.confirmed === null) return results.redirect(reply, path, { fault: 'not-confirmed' });
      await freezes.freezeByOwner(given.token, clientOf(request));
      return reply.redirect(path, 303);
    },
    { limited: true },
  );
}
