import type { FastifyInstance } from 'fastify';
import type { Logo, ShownLogo } from '../../messaging/branding/logo.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { productBrand } from './layout.ts';
import { html } from './markup.ts';

/** The organisation's logo on the pages. */
export interface Brand {
  /** Reads the logo again, if it is due. A failed read keeps the former one. */
  refresh(): Promise<void>;
  /** The page with the logo instead of the product's. */
  apply(page: string): string;
  /** Registers the picture's route. */
  serve(server: FastifyInstance): void;
}

export function createBrand({
  logo,
  policy,
}: {
  readonly logo: Pick<Logo, 'shown'>;
  readonly policy: PolicyInForce;
}): Brand {
  let shown: ShownLogo | null = null;
  let markup = productBrand.text;
  return {
    async refresh() {
      // The logo is not worth a page that fails: the former one stays.
      const current = await logo.shown().catch(() => shown);
      if (current === null) markup = productBrand.text;
      else if (current !== shown) {
        const { organisation } = (await policy.current()).document.deskContact;
        const { path, width, height } = current;
        const alt = organisation === '' ? 'Reset Desk' : organisation;
        markup = html`<img class="logo" src="${path}" width="${width}" height="${height}" alt="${alt}" />`
          .text;
      }
      shown = current;
    },
    apply: (page) => (shown === null ? page : page.replace(productBrand.text, () => markup)),
    serve(server) {
      server.get('/logo.png', (_request, reply) => {
        if (shown === null) return reply.code(404).send();
        return reply
          .headers({ 'Content-Type': 'image/png', 'Cache-Control': 'public, max-age=3600' })
          .send(shown.bytes);
      });
    },
  };
}
