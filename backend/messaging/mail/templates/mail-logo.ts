import { escapeHtml } from './escape-html.ts';

/** The place of the organisation's logo in the HTML part of a mail, until the mail is sent or previewed. */
export const logoPlace = '<!--logo-->';

/** The content id with which a mail's HTML part refers to the attached logo. */
export const logoContentId = 'logo@reset-desk';

/** The organisation's logo for a mail. */
export interface MailLogo {
  /** A PNG. */
  readonly bytes: Buffer;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** What mail programs show that do not show pictures. */
  readonly alt: string;
}

/** Pixels. Some mail programs ignore style sheets, so the picture states its size. */
const [maxWidth, maxHeight] = [200, 48];

/** The HTML part with the logo from `source` in its place, or without a place where there is no logo. */
export function withLogo(html: string, logo: MailLogo | null, source = `cid:${logoContentId}`): string {
  if (logo === null) return html.replace(logoPlace, '');
  const scale = Math.min(1, maxWidth / logo.width, maxHeight / logo.height);
  const [width, height] = [logo.width, logo.height].map((size) => Math.max(1, Math.round(size * scale)));
  const picture = `<p style="margin:0 0 20px"><img class="logo" src="${source}" width="${width}" height="${height}" alt="${escapeHtml(logo.alt)}" style="display:inline-block;border:0;border-radius:6px"></p>`;
  return html.replace(logoPlace, () => picture);
}

/** The source of a logo that is part of the HTML itself, for previews. */
export const inlineSource = ({ bytes }: MailLogo): string =>
  `data:image/png;base64,${bytes.toString('base64')}`;
