import type * as accountLinkApi from '../../../shared/api/account-link.ts';
import type * as accountStateApi from '../../../shared/api/account-state.ts';
import type * as heldRowApi from '../../../shared/api/held-row.ts';
import type * as knownChangeApi from '../../../shared/api/known-change.ts';
import type { AccountLinks } from '../../accounts/account-links.ts';
import type { AccountStates } from '../../accounts/account-states.ts';
import type { AnnouncedChanges } from '../../accounts/import/announced-changes.ts';
import type { HeldRows } from '../../accounts/import/held-rows.ts';
import type { Handlers } from './handler.ts';

interface Services {
  readonly heldRows: HeldRows;
  readonly announcedChanges: AnnouncedChanges;
  readonly accountStates: AccountStates;
  readonly accountLinks: AccountLinks;
}

const iso = (at: number): string => new Date(at).toISOString();

/** Decisions about accounts over HTTP: held rows, announced changes, disabling by hand. */
export function createIdentityHandlers({
  heldRows,
  announcedChanges,
  accountStates,
  accountLinks,
}: Services): Handlers<typeof heldRowApi> &
  Handlers<typeof knownChangeApi> &
  Handlers<typeof accountLinkApi> &
  Handlers<typeof accountStateApi> {
  const changes = async () => ({ changes: await announcedChanges.list() });
  return {
    listHeldRows: ({ query }) => heldRows.list(query.limit),
    decideHeldRow: async ({ params, body, session, origin }) => ({
      accountId: await heldRows.decide(params.heldRowId, body.decision, body.reason, session, origin),
    }),
    listKnownChanges: changes,
    announceKnownChange: async ({ body, session, origin }) => {
      await announcedChanges.announce(body, session, origin);
      return changes();
    },
    withdrawKnownChange: async ({ params, origin }) => {
      await announcedChanges.withdraw(params.knownChangeId, origin);
      return changes();
    },
    listLinkedAccounts: async ({ params, session }) => ({
      accounts: await accountLinks.list(params.accountId, session),
      unlinked: await accountLinks.listUnlinked(params.accountId, session),
    }),
    unlinkAccounts: async ({ params, body, session, origin }) => ({
      at: iso(await accountLinks.unlink(params.linkId, body.reason, session, origin)),
    }),
    relinkAccounts: async ({ params, body, session, origin }) => ({
      at: iso(await accountLinks.relink(params.linkId, body.reason, session, origin)),
    }),
    disableAccount: async ({ params, body, session, origin }) => ({
      at: iso(await accountStates.disable(params.accountId, body.reason, session, origin)),
    }),
    enableAccount: async ({ params, body, session, origin }) => ({
      at: iso(await accountStates.enable(params.accountId, body.reason, session, origin)),
    }),
  };
}
