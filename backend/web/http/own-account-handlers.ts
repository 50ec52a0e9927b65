import type * as ownAccountApi from '../../../shared/api/own-account.ts';
import { exposeAll } from '../../../shared/secret/secret.ts';
import type { OwnAccount } from '../../operators/own-account.ts';
import type { SessionList } from '../../operators/session-list.ts';
import type { Handlers } from './handler.ts';

interface Collaborators {
  readonly own: OwnAccount;
  readonly sessions: SessionList;
}

/** The operator's own password and second factor over HTTP. Changes need a session that was reauthenticated recently. */
export function createOwnAccountHandlers({ own, sessions }: Collaborators): Handlers<typeof ownAccountApi> {
  return {
    getSelf: ({ session }) => own.view(session),
    changeOwnPassword: async ({ body: { current, password }, session, origin }) => {
      await own.changePassword(current, password, session, origin);
      return {};
    },
    offerSecondFactor: async ({ session }) => {
      const { secret, uri, ticket } = await own.offer(session);
      return { secret: secret.expose(), uri: uri.expose(), ticket: ticket.expose() };
    },
    confirmSecondFactor: async ({ body: { ticket, code }, session, origin }) => {
      return { recoveryCodes: exposeAll(await own.confirm(ticket, code, session, origin)) };
    },
    renewRecoveryCodes: async ({ session, origin }) => {
      return { recoveryCodes: exposeAll(await own.renewRecoveryCodes(session, origin)) };
    },
    listOwnSessions: async ({ session }) => ({
      sessions: await sessions.list(session.operator.id, session.id),
    }),
    endOwnSessions: async ({ body, session, origin }) => ({
      ended: await sessions.end(session.operator.id, { ...body, keepId: session.id }, origin),
    }),
  };
}
