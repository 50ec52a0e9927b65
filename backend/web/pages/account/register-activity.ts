import type { Activity, RecentActivity } from '../../../self-service/recent-activity.ts';
import { html } from '../markup.ts';
import type { Site } from '../site.ts';
import { datedTime } from '../times.ts';
import { t, texts } from '../texts.ts';
import { accountFrame } from './account-frame.ts';
import { requireSignedIn } from './signed-in.ts';

/** Rows on the page, which cover some weeks of an ordinary account. */
const maxRows = 50;

function activityPage(name: string, rows: readonly Activity[]): string {
  const { activity: text } = texts.account;
  return accountFrame(
    text.title,
    name,
    null,
    rows.length === 0
      ? html`<p>${text.empty}</p>`
      : html`<p>${text.lead}</p>
          <ul class="rows">
            ${rows.map(
              ({ at, action, clientAddress }) =>
                html`<li>
                  <div>
                    <p>${text.actions[action]}</p>
                    <p class="soft">
                      ${
                        clientAddress === null
                          ? datedTime(at)
                          : t('account.activity.from', { time: datedTime(at), address: clientAddress })
                      }
                    </p>
                  </div>
                </li>`,
            )}
          </ul>`,
  );
}

/** The account's recent activity. */
export function registerActivity(site: Site, { activity }: { activity: RecentActivity }): void {
  site.get(
    '/account/activity',
    requireSignedIn(site, async (_request, reply, { account }) =>
      site.page(reply, activityPage(account.display_name, await activity(account.id, maxRows))),
    ),
  );
}
