import type { Activity, RecentActivity } from '../../../self-service/recent-activity.ts';
import { html, nothing } from '../markup.ts';
import type { Site } from '../site.ts';
import { timeTag } from '../times.ts';
import { texts } from '../texts.ts';
import { accountFrame } from './account-frame.ts';
import { requireSignedIn } from './signed-in.ts';

/** Lines on the page: some weeks of an ordinary account. */
const most = 50;

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
                    <p>${text.sentences[action]}</p>
                    <p class="soft">
                      ${timeTag(at)}${
                        clientAddress === null ? nothing : html`, ${text.from} ${clientAddress}`
                      }
                    </p>
                  </div>
                </li>`,
            )}
          </ul>`,
  );
}

/** What happened to the account, in words for its owner. */
export function registerActivity(site: Site, { activity }: { activity: RecentActivity }): void {
  site.server.get(
    '/account/activity',
    requireSignedIn(site, async (_request, reply, { account }) =>
      site.page(reply, activityPage(account.display_name, await activity(account.id, most))),
    ),
  );
}
