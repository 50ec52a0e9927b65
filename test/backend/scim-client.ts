import type { AccountSource, SourceToken } from '../../shared/api/account-sources.ts';
import type { Member, StaffedDesk } from './staffed-desk.ts';

export interface ScimReply {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- resources of a protocol that the tests look into.
  readonly body: any;
}

/** A source with a token that was shown, made by the desk's only administrator. */
export async function openSource(ann: Member, name: string) {
  await ann.prove();
  const { body: source } = await ann.call<AccountSource>('POST', '/account-sources', { name });
  const path = `/account-sources/${source.id}/tokens`;
  const { body: token } = await ann.call<SourceToken>('POST', path, { label: 'First', days: 90 });
  const { body: issued } = await ann.call<{ value: string }>('POST', `${path}/${token.id}/value`, {});
  return { source, token, value: issued.value };
}

/** An identity provider that keeps accounts by SCIM. */
export async function scimClient({ backend, ann }: Pick<StaffedDesk, 'backend' | 'ann'>, name = 'Entra ID') {
  const { source, token, value } = await openSource(ann, name);
  const send = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ScimReply> => {
    const answer = await fetch(`${backend.address()}/scim/v2/${source.id}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${value}`,
        ...(body !== undefined && { 'content-type': 'application/scim+json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: text === '' ? null : (JSON.parse(text) as unknown),
    };
  };
  return {
    source,
    token,
    value,
    send,
    create: (user: object) => send('POST', '/Users', user),
    patch: (id: string, ...operations: object[]) =>
      send('PATCH', `/Users/${id}`, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: operations,
      }),
    find: (filter: string, more = '') => send('GET', `/Users?filter=${encodeURIComponent(filter)}${more}`),
  };
}

export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** A user as Entra ID sends one. */
export const entraUser = (userName: string, displayName: string, more: object = {}) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterpriseUrn],
  externalId: `ext-${userName}`,
  userName,
  displayName,
  active: true,
  emails: [{ primary: true, type: 'work', value: `${userName}@example.com` }],
  meta: { resourceType: 'User' },
  ...more,
});
