import type { HttpClient } from '../../outbound/http-client.ts';
import { readRange, type RangeSource } from './breached-passwords.ts';

/** Larger than any padded range; a longer answer comes from something else. */
const maxBytes = 512 * 1024;
/** Milliseconds; the policy's own limit is usually shorter. */
const timeoutMs = 10_000;

/** A k-anonymity range API (`GET <address>/<prefix>`). It requests padded answers, whose size reveals nothing. */
export function createRangeApi(address: string, http: HttpClient): RangeSource {
  const base = address.replace(/\/+$/, '');
  return {
    kind: 'range-api',
    async suffixesOf(prefix, within) {
      const { status, body } = await http.request(`${base}/${prefix}`, {
        method: 'GET',
        headers: { 'add-padding': 'true', 'user-agent': 'Reset Desk' },
        signal: within,
        timeoutMs,
        maxBytes,
      });
      if (status !== 200) throw new Error(`the range API answered ${status}`);
      // Every range of the real list has hundreds of entries, so an empty answer comes from a broken proxy.
      if (body.byteLength === 0) throw new Error('the range API answered nothing');
      return readRange(body.toString('utf8'));
    },
  };
}
