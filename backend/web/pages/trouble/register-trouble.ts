import { randomUUID } from 'node:crypto';
import { isUnstorableText } from '../../../store/unstorable-text.ts';
import { HashingBusy } from '../../../passwords/password-hashing/hashing-queue.ts';
import { loginPage } from '../login/login-page.ts';
import { CrossOriginForm } from '../same-origin.ts';
import type { Site } from '../site.ts';
import { notFoundPage, troublePage } from './trouble-pages.ts';

/** What the pages say when something goes wrong: never the cause, but a reference under which the log has it. */
export function registerTrouble(
  { server, page }: Site,
  { onUnexpected }: { onUnexpected: (reference: string, thrown: unknown) => void },
): void {
  server.setErrorHandler((thrown, _request, reply) => {
    const status = thrown instanceof Error && 'statusCode' in thrown ? thrown.statusCode : undefined;
    if (thrown instanceof CrossOriginForm) return page(reply, troublePage(null), 403);
    if (thrown instanceof HashingBusy) return page(reply.header('Retry-After', 5), loginPage('busy'), 503);
    if (status === 429) return page(reply, loginPage('slow'), 429);
    const reference = randomUUID().slice(0, 8);
    if (typeof status === 'number' && status < 500) return page(reply, troublePage(reference), status);
    if (isUnstorableText(thrown)) return page(reply, troublePage(reference), 400);
    onUnexpected(reference, thrown);
    return page(reply, troublePage(reference), 500);
  });
  server.get('/*', (_request, reply) => page(reply, notFoundPage(), 404));
}
