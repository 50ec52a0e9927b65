import { expect } from 'vitest';
import type { StaffedDesk } from './staffed-desk.ts';

/** A function that returns the newest link of a kind in the mails to an address, and never the same link twice; it waits for the mail. */
export function newLinksOf(desk: () => StaffedDesk) {
  const seen = new Set<string>();
  return async (address: string, pattern: RegExp): Promise<string> => {
    const { ann } = desk();
    let token = '';
    await ann.prove();
    await expect
      .poll(
        async () => {
          const { body } = await ann.call<{ mails: { id: string; to: string }[] }>(
            'GET',
            '/outbox?limit=200',
          );
          for (const { id } of body.mails.filter(({ to }) => to === address)) {
            const { text } = (await ann.call<{ text: string }>('GET', `/outbox/${id}`)).body;
            token = pattern.exec(text)?.[1] ?? '';
            if (token !== '' && !seen.has(token)) return token;
          }
          return '';
        },
        { timeout: 20_000 },
      )
      .not.toBe('');
    seen.add(token);
    return token;
  };
}
