import { createHash } from 'node:crypto';
import { script } from './script.ts';
import { style } from './style.ts';

export interface Asset {
  /** Contains part of the content's hash, so that browsers may cache it forever and still get the next version. */
  readonly path: string;
  readonly type: string;
  readonly text: string;
}

const asset = (name: string, type: string, text: string): Asset => ({
  path: `/${name}?${createHash('sha256').update(text).digest('base64url').slice(0, 10)}`,
  type,
  text,
});

/** Everything that a page loads. */
export const assets = {
  style: asset('pages.css', 'text/css; charset=utf-8', style),
  script: asset('pages.js', 'text/javascript; charset=utf-8', script),
} as const;
