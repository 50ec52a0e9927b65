import type { Freezes } from '../../../casework/freezes/freezes.ts';
import type { PolicyInForce } from '../../../policy/policy-in-force.ts';
import { assertSameOrigin } from '../same-origin.ts';
import { perMinute, type Site } from '../site.ts';
import { token } from '../form-fields.ts';
import { notMePage } from './not-me-page.ts';

/** "This was not me". Opening the page changes nothing: mail scanners open every link. */
export function registerNotMe(
  { server, page, clientOf }: Site,
  { freezes, policy }: { freezes: Freezes; policy: PolicyInForce },
): void {
  const desk = async () => (await policy.current()).document.deskContact;
  server.get('/not-me/:token', perMinute, async (request, reply) => {
    const given = token.parse(request.params);
    const notMe = await freezes.look(given.token);
    return page(reply, notMePage(notMe, given.token, await desk()), notMe.kind === 'dead' ? 410 : 200);
  });
  server.post('/not-me', perMinute, async (request, reply) => {
    assertSameOrigin(request);
    const given = token.parse(request.body ?? {});
    const notMe = await freezes.freezeByOwner(given.token, clientOf(request));
    return page(reply, notMePage(notMe, given.token, await desk()), notMe.kind === 'dead' ? 410 : 200);
  });
}
