import type * as accountStateApi from '../../../shared/api/account-state.ts';
import type * as heldRowApi from '../../../shared/api/held-row.ts';
import type * as knownChangeApi from '../../../shared/api/known-change.ts';
import type { AccountStates } from '../../accounts/account-states.ts';
import type { AnnouncedChanges } from '../../accounts/import/announced-changes.ts';
import type { HeldRows } from '../../accounts/import/held-rows.ts';
import type { Handlers } from './handler.ts';

interface Services {
  readonly heldRows: HeldRows;
  readonly announcedChanges: AnnouncedChanges;
  readonly accountStates: AccountStates;
}

const iso = (at: number): string => new Date(at).toISOString();

/** Decisions about accounts over HTTP: held rows, announced changes, disabling by hand. */
export function createIdentityHandlers({
  heldRows,
  announcedChanges,
  accountStates,
}: Services): Handlers<typeof heldRowApi> &
  Handlers<typeof knownChangeApi> &
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
    disableAccount: async ({ params, body, session, origin }) => ({
      at: iso(await accountStates.disable(params.accountId, body.reason, session, origin)),
    }),
    enableAccount: async ({ params, body, session, origin }) => ({
      at: iso(await accountStates.enable(params.accountId, body.reason, session, origin)),
    }),
  };
}
