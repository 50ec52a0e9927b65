import { isLoopback } from '../../services/reset-api/server-address.ts';

/** Everything outside the console that it may open, by name: the page cannot hand over an address. */
export type ExternalTarget = 'login-page' | 'documentation';

const documentation = 'https://reset-desk.example.com/docs';

/**
 * SECURITY: docs/security.md, 15. The address of a target, or null where there is none. The server's own word on where its pages are
 * is taken only if it is a plain web address, encrypted unless on this computer.
 */
export function addressOfTarget(target: ExternalTarget, publicUrl: string | null): string | null {
  if (target === 'documentation') return documentation;
  if (publicUrl === null) return null;
  let url: URL;
  try {
    url = new URL(publicUrl);
  } catch {
    return null;
  }
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  if (!safe || url.username !== '' || url.password !== '') return null;
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}/login`;
}
