import type { PolicyInForce } from '../../../policy/policy-in-force.ts';
import type { Site } from '../site.ts';
import { helpPage } from './help-page.ts';

/** "When it still does not work". */
export function registerHelp({ server, page }: Site, { policy }: { policy: PolicyInForce }): void {
  server.get('/help', async (_request, reply) => page(reply, helpPage((await policy.current()).document)));
}
