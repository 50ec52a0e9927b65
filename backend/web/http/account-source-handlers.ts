import type * as accountSourcesApi from '../../../shared/api/account-sources.ts';
import type { AccountSources } from '../../accounts/sources/account-sources.ts';
import type { SourceTokens } from '../../accounts/sources/source-tokens.ts';
import type { Handlers } from './handler.ts';

/** The systems that bring accounts in, and their tokens, over HTTP. */
export const createAccountSourceHandlers = ({
  sources,
  sourceTokens: tokens,
}: {
  readonly sources: AccountSources;
  readonly sourceTokens: SourceTokens;
}): Handlers<typeof accountSourcesApi> => ({
  listAccountSources: async ({ session }) => ({ sources: await sources.list(session.operator.id) }),
  addAccountSource: ({ body, session, origin }) => sources.add(body.name, session.operator.id, origin),
  removeAccountSource: async ({ params, origin }) => {
    await sources.remove(params.sourceId, origin);
    return {};
  },
  addSourceToken: ({ params, body, session, origin }) => tokens.add(params.sourceId, body, session, origin),
  issueSourceToken: async ({ params, session, origin }) => {
    const { value, expiresAt } = await tokens.issue(params.sourceId, params.tokenId, session, origin);
    return { value: value.expose(), expiresAt };
  },
  revokeSourceToken: ({ params, session, origin }) =>
    tokens.revoke(params.sourceId, params.tokenId, session, origin),
  changeSourceFeed: ({ params, body, session, origin }) =>
    sources.changeFeed(params.sourceId, { ...body, operatorId: session.operator.id }, origin),
  allowSourceChanges: ({ params, body, session, origin }) =>
    sources.allow(params.sourceId, { ...body, operatorId: session.operator.id }, origin),
});
