import type * as signInMethodsApi from '../../../shared/api/sign-in-methods.ts';
import type { CaseSignInMethods } from '../../casework/sign-in-methods/sign-in-methods.ts';
import type { Handlers } from './handler.ts';

/** Sign-in methods that a directory keeps, over HTTP. */
export function createSignInMethodHandlers({
  signInMethods,
}: {
  readonly signInMethods: CaseSignInMethods;
}): Handlers<typeof signInMethodsApi> {
  return {
    listSignInMethods: ({ params: { caseId }, session }) => signInMethods.list(caseId, session),
    removeSignInMethod: async ({ params: { caseId }, body, session, origin }) => {
      await signInMethods.remove({ caseId, ...body }, session, origin);
      return signInMethods.list(caseId, session);
    },
  };
}
