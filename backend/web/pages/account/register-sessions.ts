import { z } from 'zod';
import type { SessionRow, UserSession, UserSessions } from '../../../self-service/user-sessions.ts';
import { html, nothing } from '../markup.ts';
import { rowId } from '../form-fields.ts';
import type { Site } from '../site.ts';
import { timeTag } from '../times.ts';
import { t, texts } from '../texts.ts';
import { accountFrame } from './account-frame.ts';
import { requireSignedIn } from './signed-in.ts';

const ended = z.object({ session: rowId });

/** The browser and operating system that a `User-Agent` header names; null if it names no known browser. */
export function browserName(client: string | null): string | null {
  const name = /(Edg|OPR|Firefox|Chrome|Safari)/.exec(client ?? '')?.[1];
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(client ?? '')?.[1];
  if (name === undefined) return null;
  const fullName = { Edg: 'Edge', OPR: 'Opera' }[name] ?? name;
  return system === undefined ? fullName : `${fullName} on ${system.replace('Mac OS X', 'macOS')}`;
}

function sessionsPage({ id, account }: UserSession, rows: readonly SessionRow[], hasEnded: boolean): string {
  const { sessions: text } = texts.account;
  const end = (session: string, label: string, name: string) =>
    html`<form method="post" action="/account/sessions">
      <input type="hidden" name="session" value="${session}" />
      <button class="quiet small" aria-label="${label}: ${name}">${label}</button>
    </form>`;
  return accountFrame(
    text.title,
    account.display_name,
    hasEnded ? { kind: 'good', text: text.ended } : null,
    html`<ul class="rows">
        ${rows.map((row) => {
          const name = browserName(row.client) ?? text.unknown;
          return html`<li>
            <div>
              <p><strong>${name}</strong>${row.id === id ? html` (${text.this})` : nothing}</p>
              <p class="soft">
                ${row.clientAddress ?? ''} ·
                ${t('account.sessions.times', {
                  opened: timeTag(row.openedAt),
                  used: timeTag(row.lastUsedAt),
                })}
              </p>
            </div>
            ${row.id === id ? nothing : end(row.id, text.end, name)}
          </li>`;
        })}
      </ul>
      ${rows.length > 1 ? end('all', text.endAll, text.title) : nothing}`,
  );
}

/** The user's sessions, and signing them out. */
export function registerSessions(site: Site, { sessions }: { sessions: UserSessions }): void {
  const { page, originOf } = site;
  site.get(
    '/account/sessions',
    requireSignedIn(site, async (request, reply, found) => {
      const { said } = request.query as { readonly said?: unknown };
      return page(reply, sessionsPage(found, await sessions.list(found.account.id), said === 'ended'));
    }),
  );
  site.form(
    '/account/sessions',
    ended,
    requireSignedIn(site, async (request, reply, found, { session }) => {
      await sessions.endOthers(
        found,
        session === 'all' ? 'all' : { id: session },
        originOf(request, found.account),
      );
      return reply.redirect('/account/sessions?said=ended', 303);
    }),
  );
}
