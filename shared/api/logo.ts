import { z } from 'zod';
import { endpoint } from './endpoint.ts';

/** Limits of a stored logo: bytes, and pixels in each direction. */
export const logoLimits = { bytes: 64 * 1024, width: 800, height: 240 } as const;

const logoView = z.object({
  logo: z
    .object({
      /** A PNG in base64. */
      image: z.string(),
      width: z.int(),
      height: z.int(),
    })
    .nullable(),
});

const protectedBy = {
  by: 'nothing',
  because: 'A logo gives no right and weakens no protection; the change is recorded.',
} as const;

export const getLogo = endpoint({
  id: 'getLogo',
  method: 'GET',
  path: '/settings/logo',
  summary: "Get the organisation's logo in emails and on the pages",
  right: 'mail.configure',
  scope: { by: 'everything' },
  bridge: 'settings.logo',
  answer: logoView,
  errors: [],
});

export const changeLogo = endpoint({
  id: 'changeLogo',
  method: 'PUT',
  path: '/settings/logo',
  summary:
    "Change the organisation's logo in emails and on the pages; only a PNG is accepted, and only its pixels are stored",
  right: 'mail.configure',
  scope: { by: 'everything' },
  proof: 'recent',
  protected: protectedBy,
  bridge: 'settings.changeLogo',
  largeBody: true,
  body: z.object({ image: z.base64().max(Math.ceil(logoLimits.bytes / 3) * 4) }),
  answer: logoView,
  errors: ['request.invalid'],
});

export const removeLogo = endpoint({
  id: 'removeLogo',
  method: 'DELETE',
  path: '/settings/logo',
  summary: "Remove the organisation's logo",
  right: 'mail.configure',
  scope: { by: 'everything' },
  proof: 'recent',
  protected: protectedBy,
  bridge: 'settings.removeLogo',
  answer: logoView,
  errors: [],
});
