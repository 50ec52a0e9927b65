import type * as logoApi from '../../../shared/api/logo.ts';
import type { Logo } from '../../messaging/branding/logo.ts';
import type { Handlers } from './handler.ts';

/** The organisation's logo over HTTP. */
export const createLogoHandlers = (logo: Logo): Handlers<typeof logoApi> => ({
  getLogo: () => logo.view(),
  changeLogo: async ({ body, origin }) => {
    await logo.change(body.image, origin);
    return logo.view();
  },
  removeLogo: async ({ origin }) => {
    await logo.remove(origin);
    return logo.view();
  },
});
