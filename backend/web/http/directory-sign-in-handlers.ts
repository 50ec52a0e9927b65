import type * as directorySignInApi from '../../../shared/api/directory-sign-in.ts';
import type { Administration } from '../../operators/administration.ts';
import type { DirectorySignInStore } from '../../operators/directory/change-settings.ts';
import type { OperatorRows } from '../../operators/operator-rows.ts';
import type { Handlers } from './handler.ts';

interface Collaborators {
  readonly directorySignIn: DirectorySignInStore;
  readonly administration: Administration;
  readonly rows: OperatorRows;
}

/** Operators' sign-in with a directory over HTTP: its settings, and which operators use it. */
export function createDirectorySignInHandlers({
  directorySignIn,
  administration,
  rows,
}: Collaborators): Handlers<typeof directorySignInApi> {
  return {
    getDirectorySignIn: () => directorySignIn.view(),
    changeDirectorySignIn: async ({ body, origin }) => {
      await directorySignIn.change(body, origin);
      return directorySignIn.view();
    },
    linkOperatorToDirectory: async ({ params: { operatorId }, session, origin }) => {
      await administration.linkDirectory(operatorId, origin);
      return rows.get(operatorId, session.operator.id);
    },
    unlinkOperatorFromDirectory: async ({ params: { operatorId }, session, origin }) => {
      await administration.unlinkDirectory(operatorId, origin);
      return rows.get(operatorId, session.operator.id);
    },
  };
}
