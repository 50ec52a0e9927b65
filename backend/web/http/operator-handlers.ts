import type * as operatorListApi from '../../../shared/api/operator-list.ts';
import type * as operatorsApi from '../../../shared/api/operators.ts';
import type { Administration } from '../../operators/administration.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { OperatorList } from '../../operators/list/invite-list.ts';
import { readList } from '../../operators/list/read-list.ts';
import type { OperatorRows } from '../../operators/operator-rows.ts';
import type { SessionList } from '../../operators/session-list.ts';
import type { Handlers } from './handler.ts';

interface Collaborators {
  readonly administration: Administration;
  readonly list: OperatorList;
  readonly rows: OperatorRows;
  readonly sessions: SessionList;
}

/** Operators over HTTP. */
export function createOperatorHandlers({
  administration,
  list,
  rows,
  sessions,
}: Collaborators): Handlers<typeof operatorsApi & typeof operatorListApi> {
  const shown = (operatorId: string, { operator }: OperatorSession) => rows.get(operatorId, operator.id);
  return {
    listOperators: async ({ session }) => ({
      operators: await rows.list(session.operator.id),
      departments: await rows.departments(),
      directories: await rows.directories(),
    }),
    inviteOperator: async ({ body, session, origin }) => {
      return shown(await administration.invite(body, origin), session);
    },
    readOperatorList: async ({ body, session }) => {
      const { rows: read, ...about } = await readList(
        Buffer.from(body.file, 'base64'),
        await rows.departments(),
      );
      return { ...about, rows: await list.check(read, session.operator.scope) };
    },
    inviteOperators: async ({ body, session, origin }) => {
      const { invited, refused } = await list.invite(body.operators, origin);
      return { invited: await Promise.all(invited.map((id) => shown(id, session))), refused };
    },
    sendOperatorLink: async ({ params: { operatorId }, session, origin }) => {
      await administration.sendLink(operatorId, origin);
      return shown(operatorId, session);
    },
    revokeOperatorLink: async ({ params: { operatorId }, session, origin }) => {
      await administration.revokeLink(operatorId, origin);
      return shown(operatorId, session);
    },
    changeOperator: async ({ params: { operatorId }, body, session, origin }) => {
      await administration.change(operatorId, body, session.operator.id, origin);
      return shown(operatorId, session);
    },
    setOperatorState: async ({ params: { operatorId }, body, session, origin }) => {
      await administration.setState(operatorId, body.state, session.operator.id, origin);
      return shown(operatorId, session);
    },
    unlinkOperator: async ({ params: { operatorId }, session, origin }) => {
      await administration.unlinkProvider(operatorId, origin);
      return shown(operatorId, session);
    },
    unlockOperator: async ({ params: { operatorId }, session, origin }) => {
      await administration.unlock(operatorId, origin);
      return shown(operatorId, session);
    },
    resetSecondFactor: async ({ params: { operatorId }, session, origin }) => {
      await administration.resetSecondFactor(operatorId, session.operator.id, origin);
      return shown(operatorId, session);
    },
    listOperatorSessions: async ({ params: { operatorId }, session }) => {
      await shown(operatorId, session);
      return { sessions: await sessions.list(operatorId, session.id) };
    },
    endOperatorSessions: async ({ params: { operatorId }, body, session, origin }) => {
      await shown(operatorId, session);
      return { ended: await sessions.end(operatorId, { ...body, keepId: session.id }, origin) };
    },
  };
}
