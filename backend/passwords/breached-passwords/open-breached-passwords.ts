import { isLoopbackHost } from '../../network/addresses.ts';
import type { HttpClient } from '../../outbound/http-client.ts';
import type { RangeSource } from './breached-passwords.ts';
import { createRangeApi } from './range-api.ts';
import { createRangeFiles } from './range-files.ts';

/** Opens the list that the configuration names: an address or a folder. Throws if an address on another computer has no TLS. */
export function openBreachedPasswords(place: string | undefined, http: HttpClient): RangeSource | null {
  if (place === undefined) return null;
  if (!/^https?:/i.test(place)) return createRangeFiles(place);
  const { protocol, hostname } = new URL(place);
  if (protocol !== 'https:' && !isLoopbackHost(hostname)) {
    throw new Error('RESET_DESK_BREACHED_PASSWORDS: write an https address, or a folder');
  }
  return createRangeApi(place, http);
}
