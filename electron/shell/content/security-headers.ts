/** The place in `index.html` where each load's nonce goes. */
export const noncePlace = '__STYLE_NONCE__';

/**
 * SECURITY: docs/security.md, 7. Nothing from elsewhere, nothing inline but styles that carry this load's nonce, and no connection at all:
 * whatever the page needs comes over the bridge.
 */
export const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'none'",
    "object-src 'none'",
    "frame-src 'none'",
    "worker-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const refusedFeatures = [
  'camera',
  'microphone',
  'geolocation',
  'display-capture',
  'clipboard-read',
  'usb',
  'serial',
  'hid',
  'bluetooth',
  'midi',
  'payment',
  'screen-wake-lock',
];

/** The headers of everything that the console serves to its page. */
export const securityHeaders = (nonce: string): Readonly<Record<string, string>> => ({
  'Content-Security-Policy': contentSecurityPolicy(nonce),
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': refusedFeatures.map((feature) => `${feature}=()`).join(', '),
  'Cache-Control': 'no-store',
});
