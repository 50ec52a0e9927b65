import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { errorStatus } from '../../../../shared/errors/codes.ts';
import { HashingBusy } from '../../../passwords/password-hashing/hashing-queue.ts';
import { storageFaultOf } from '../../../store/storage-fault.ts';
import { refusalOf } from '../../http/problem.ts';
import { loginPage } from '../login/login-page.ts';
import { retryAfterSeconds } from '../../http/answer-refusal.ts';
import { CrossOriginForm } from '../same-origin.ts';
import type { Site } from '../site.ts';
import { layout } from '../layout.ts';
import { html, type Markup } from '../markup.ts';
import { t, texts } from '../texts.ts';

const { trouble } = texts;
const troublePage = (text: Markup | string): string =>
  layout(trouble.title, html`<p role="alert">${text}</p>`);
const notFoundPage = (): string =>
  layout(texts.notFound.title, html`<p><a href="/login">${texts.link.toLogin}</a></p>`);

interface Collaborators {
  readonly onUnexpected: (reference: string, thrown: unknown) => void;
}

/** The pages for failed requests. They never show the cause, only the reference under which it is logged. */
export function registerTrouble(
  server: Pick<FastifyInstance, 'setErrorHandler'>,
  { get, page }: Pick<Site, 'get' | 'page'>,
  { onUnexpected }: Collaborators,
): void {
  /** The sign-in form keeps its place, so that the user can try again there. */
  const slowDown = (notice: 'busy' | 'slow', url: string) =>
    url.split('?')[0] === '/login' ? loginPage(notice) : troublePage(trouble[notice]);

  server.setErrorHandler((thrown, request, reply) => {
    if (thrown instanceof CrossOriginForm) return page(reply, troublePage(trouble.crossOrigin), 403);
    if (thrown instanceof HashingBusy) {
      reply.header('Retry-After', 5);
      return page(reply, slowDown('busy', request.url), 503);
    }
    const status = statusOf(thrown);
    const refusal = refusalOf(thrown)?.code ?? '';
    if (refusal === 'directory.outcome-unknown')
      return page(reply, troublePage(trouble.outcomeUnknown), status);
    if (refusal.startsWith('directory.')) return page(reply, troublePage(trouble.directory), status);
    if (status === 429) return page(reply, slowDown('slow', request.url), 429);
    if (status === 413) return page(reply, troublePage(trouble.tooLarge), 413);
    if (status === 400 || status === 415) return page(reply, troublePage(trouble.unreadable), status);
    const reference = randomUUID().slice(0, 8);
    const quoted = { reference: html`<strong>${reference}</strong>` };
    if (status < 500) return page(reply, troublePage(t('trouble.refused', quoted)), status);
    onUnexpected(reference, thrown);
    const fault = storageFaultOf(thrown);
    if (fault?.code === 'storage.outcome-unknown')
      return page(reply, troublePage(trouble.outcomeUnknown), status);
    if (fault?.code === 'storage.unavailable')
      return page(reply.header('Retry-After', retryAfterSeconds), troublePage(trouble.unavailable), status);
    if (fault !== null)
      return page(reply.header('Retry-After', 60), troublePage(t('trouble.storage', quoted)), status);
    return page(reply, troublePage(t('trouble.unexpected', quoted)), status);
  });
  get('/*', (_request, reply) => page(reply, notFoundPage(), 404));
}

/** The status of Fastify's own errors is more exact than the one of the refusal that they map to. */
function statusOf(thrown: unknown): number {
  const own = thrown instanceof Error && 'statusCode' in thrown ? thrown.statusCode : undefined;
  if (typeof own === 'number' && own >= 400) return own;
  return errorStatus[refusalOf(thrown)?.code ?? 'internal.unexpected'];
}
