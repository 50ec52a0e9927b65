import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { PolicyDocument } from '../../shared/api/policy.ts';
import type { Origin } from '../audit/append-event.ts';
import type { Freezes, NotMe } from '../freezes/freezes.ts';
import { contactLines } from '../mail/contact-lines.ts';
import { html, type Markup } from './markup.ts';
import { layout } from './page-views.ts';

const words = {
  good: {
    title: 'This was not you?',
    lead: 'Then somebody may be trying to get into the account',
    does: 'Press the button, and the account is frozen at once: reset links and temporary passwords stop working, everybody is signed out, and nobody can sign in until the help desk has talked to you.',
    button: 'Freeze the account',
  },
  frozen: {
    title: 'The account is frozen',
    text: 'Nobody can sign in or set a password now, and the help desk has been alerted. Talk to them; they will let the account go when all is well.',
  },
  dead: {
    title: 'This link is no longer good',
    text: 'It is too old, or was used before. If something happened to your account that you did not do, talk to the help desk at once.',
  },
} as const;

const contact = (desk: PolicyDocument['deskContact']): Markup =>
  html`<p id="contact">
    ${contactLines(desk)
      .split('\n')
      .map((line) => html`${line}<br />`)}
  </p>`;

function notMePage(notMe: NotMe, token: string, desk: PolicyDocument['deskContact']): string {
  if (notMe.kind === 'good') {
    const { title, lead, does, button } = words.good;
    return layout(
      title,
      html`<p>${lead} <strong>${notMe.account.user_name}</strong>.</p>
        <p>${does}</p>
        <form method="post" action="/not-me">
          <input type="hidden" name="token" value="${token}" />
          <button>${button}</button>
        </form>
        ${contact(desk)}`,
    );
  }
  const { title, text } = words[notMe.kind];
  return layout(
    title,
    html`<p role="status">${text}</p>
      ${contact(desk)}`,
  );
}

interface PageTools {
  readonly page: (reply: FastifyReply, text: string, status?: number) => FastifyReply;
  readonly from: (request: FastifyRequest) => Omit<Origin, 'actor'>;
  readonly assertOwnForm: (request: FastifyRequest) => void;
}

const tokenOf = z.object({ token: z.string().max(200).catch('') });
const perMinute = { max: 60, timeWindow: 60_000 } as const;

/** "This was not me": a page with one button. Looking at it does nothing, since mail scanners open every link. */
export function registerNotMe(
  server: FastifyInstance,
  freezes: Freezes,
  deskContact: () => Promise<PolicyDocument['deskContact']>,
  { page, from, assertOwnForm }: PageTools,
): void {
  server.get('/not-me/:token', { config: { rateLimit: perMinute } }, async (request, reply) => {
    const { token } = tokenOf.parse(request.params);
    const notMe = await freezes.look(token);
    return page(reply, notMePage(notMe, token, await deskContact()), notMe.kind === 'dead' ? 410 : 200);
  });
  server.post('/not-me', { config: { rateLimit: perMinute } }, async (request, reply) => {
    assertOwnForm(request);
    const { token } = tokenOf.parse(request.body ?? {});
    const notMe = await freezes.freezeByOwner(token, from(request));
    return page(reply, notMePage(notMe, token, await deskContact()), notMe.kind === 'dead' ? 410 : 200);
  });
}
