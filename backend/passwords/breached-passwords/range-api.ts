import { readRange, type RangeSource } from './breached-passwords.ts';

/** Larger than any padded range; a longer answer comes from something else. */
const maxBytes = 512 * 1024;

/** A k-anonymity range API (`GET <address>/<prefix>`). It requests padded answers, whose size reveals nothing. */
export function createRangeApi(address: string): RangeSource {
  const base = address.replace(/\/+$/, '');
  return {
    kind: 'range-api',
    async suffixesOf(prefix, within) {
      const answer = await fetch(`${base}/${prefix}`, {
        headers: { 'add-padding': 'true', 'user-agent': 'Reset Desk' },
        redirect: 'error',
        signal: within,
      });
      if (!answer.ok || answer.body === null) {
        await answer.body?.cancel();
        throw new Error(`the range API answered ${answer.status}`);
      }
      const chunks: Uint8Array[] = [];
      let bytes = 0;
      for await (const chunk of answer.body) {
        bytes += chunk.byteLength;
        if (bytes > maxBytes) throw new Error('the range API answered too much');
        chunks.push(chunk);
      }
      const suffixes = readRange(Buffer.concat(chunks).toString('utf8'));
      // Every range of the real list has hundreds of entries, so an empty answer comes from a broken proxy.
      if (bytes === 0) throw new Error('the range API answered nothing');
      return suffixes;
    },
  };
}
