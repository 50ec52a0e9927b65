import { randomUUID } from 'node:crypto';
import { errorStatus } from '../../../../shared/errors/codes.ts';
import { isUnstorableText } from '../../../store/dialect.ts';
import { storageFaultOf } from '../../../store/storage-fault.ts';
import { HashingBusy } from '../../../passwords/password-hashing/hashing-queue.ts';
import { loginPage } from '../login/login-page.ts';
import { CrossOriginForm } from '../same-origin.ts';
import type { Site } from '../site.ts';
import { layout } from '../layout.ts';
import { html } from '../markup.ts';
import { t, texts } from '../texts.ts';

const unexpectedPage = (reference: string): string =>
  layout(
    texts.trouble.title,
    html`<p>${t('trouble.unexpected', { reference: html`<strong>${reference}</strong>` })}</p>`,
  );
const storagePage = (reference: string): string =>
  layout(
    texts.trouble.title,
    html`<p>${t('trouble.storage', { reference: html`<strong>${reference}</strong>` })}</p>`,
  );
const crossOriginPage = (): string => layout(texts.trouble.title, html`<p>${texts.trouble.crossOrigin}</p>`);
const notFoundPage = (): string =>
  layout(texts.notFound.title, html`<p><a href="/login">${texts.link.toLogin}</a></p>`);

/** The pages for failed requests. They never show the cause, only the reference under which it is logged. */
export function registerTrouble(
  { server, page }: Site,
  { onUnexpected }: { onUnexpected: (reference: string, thrown: unknown) => void },
): void {
  server.setErrorHandler((thrown, _request, reply) => {
    const status = thrown instanceof Error && 'statusCode' in thrown ? thrown.statusCode : undefined;
    if (thrown instanceof CrossOriginForm) return page(reply, crossOriginPage(), 403);
    if (thrown instanceof HashingBusy) return page(reply.header('Retry-After', 5), loginPage('busy'), 503);
    if (status === 429) return page(reply, loginPage('slow'), 429);
    const reference = randomUUID().slice(0, 8);
    if (typeof status === 'number' && status < 500) return page(reply, unexpectedPage(reference), status);
    if (isUnstorableText(thrown)) return page(reply, unexpectedPage(reference), 400);
    onUnexpected(reference, thrown);
    const fault = storageFaultOf(thrown);
    if (fault !== null)
      return page(reply.header('Retry-After', 60), storagePage(reference), errorStatus[fault.code]);
    return page(reply, unexpectedPage(reference), 500);
  });
  server.get('/*', (_request, reply) => page(reply, notFoundPage(), 404));
}
