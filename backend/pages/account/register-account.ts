import type { Site } from '../site.ts';
import { accountPage } from './account-page.ts';

/** The signed-in user's own page. */
export function registerAccount({ server, page, session }: Site): void {
  server.get('/account', async (request, reply) => {
    const found = await session(request);
    if (!found) return reply.redirect('/login', 303);
    if (found.mustChange) return reply.redirect('/change-password', 303);
    const { said } = request.query as { said?: string };
    return page(reply, accountPage(found.account.display_name, said === 'changed'));
  });
}
