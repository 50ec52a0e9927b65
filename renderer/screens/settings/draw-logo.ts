import { logoLimits } from '../../../shared/api/logo.ts';

/** Why a chosen file cannot become a logo. */
export type LogoFault = 'kind' | 'large' | 'unreadable' | 'detailed';

export class UnusableLogo extends Error {
  readonly fault: LogoFault;
  constructor(fault: LogoFault) {
    super(fault);
    this.fault = fault;
  }
}

const kinds: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/svg+xml']);
const maxFileBytes = 2 * 1024 * 1024;

const dataUrlOf = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result)));
    reader.addEventListener('error', () => reject(new UnusableLogo('unreadable')));
    reader.readAsDataURL(file);
  });

/** A picture as an image element shows it: the scripts of an SVG do not run there, and it loads nothing. */
const pictureOf = (address: string): Promise<HTMLImageElement> =>
  new Promise((resolve, reject) => {
    const picture = new Image();
    picture.addEventListener('load', () => resolve(picture));
    picture.addEventListener('error', () => reject(new UnusableLogo('unreadable')));
    picture.src = address;
  });

/** The largest size within the limits with the picture's proportions. Only drawings are enlarged. */
export function logoSize(
  width: number,
  height: number,
  isDrawing: boolean,
): { width: number; height: number } {
  const fit = Math.min(logoLimits.width / width, logoLimits.height / height);
  const scale = isDrawing ? fit : Math.min(1, fit);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Draws a chosen picture as a PNG within the limits, in base64. Throws {@link UnusableLogo}. */
export async function drawLogo(file: File): Promise<string> {
  if (!kinds.has(file.type)) throw new UnusableLogo('kind');
  if (file.size > maxFileBytes) throw new UnusableLogo('large');
  const picture = await pictureOf(await dataUrlOf(file));
  let size = logoSize(picture.naturalWidth, picture.naturalHeight, file.type === 'image/svg+xml');
  const canvas = document.createElement('canvas');
  // A picture with many colours takes more bytes than a logo may have, so it is drawn smaller.
  for (let tries = 0; tries < 4; tries += 1) {
    Object.assign(canvas, size);
    const paper = canvas.getContext('2d');
    if (paper === null) throw new UnusableLogo('unreadable');
    paper.drawImage(picture, 0, 0, size.width, size.height);
    const [, image = ''] = exported(canvas).split(',');
    if ((image.length * 3) / 4 <= logoLimits.bytes) return image;
    size = { width: Math.ceil(size.width * 0.7), height: Math.ceil(size.height * 0.7) };
  }
  throw new UnusableLogo('detailed');
}

/** A browser refuses to export a picture that holds parts of other documents. */
function exported(canvas: HTMLCanvasElement): string {
  try {
    return canvas.toDataURL('image/png');
  } catch {
    throw new UnusableLogo('unreadable');
  }
}
