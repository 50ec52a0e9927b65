import { createHash } from 'node:crypto';
import { script } from './script.ts';
import { style } from './style.ts';

export interface Asset {
  /** With a part of its hash, so that browsers may keep it for good and still get the next one. */
  readonly path: string;
  readonly type: string;
  readonly text: string;
}

const asset = (name: string, type: string, text: string): Asset => ({
  path: `/${name}?${createHash('sha256').update(text).digest('base64url').slice(0, 10)}`,
  type,
  text,
});

/** All that a page loads besides itself. */
export const assets = {
  style: asset('pages.css', 'text/css; charset=utf-8', style),
  script: asset('pages.js', 'text/javascript; charset=utf-8', script),
} as const;
