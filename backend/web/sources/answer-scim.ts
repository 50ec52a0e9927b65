import {
  listResponse,
  maxResults,
  resourceTypesOf,
  schemasOf,
  serviceProviderConfigOf,
} from '../../accounts/scim/protocol/discovery.ts';
import { project, type Wanted } from '../../accounts/scim/protocol/project.ts';
import { isObject } from '../../accounts/scim/protocol/resource.ts';
import { ScimError } from '../../accounts/scim/protocol/scim-error.ts';
import type { ScimUsers } from '../../accounts/scim/users/scim-users.ts';
import type { ScimUser } from '../../accounts/scim/users/user-rows.ts';
import type { Writing } from '../../accounts/scim/users/apply-user.ts';

/** A request of an authenticated source, with a path below its base. */
export interface ScimRequest {
  readonly method: string;
  readonly segments: readonly string[];
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly ifMatch: string | null;
  readonly ifNoneMatch: string | null;
  readonly base: string;
  readonly by: Writing;
}

export interface ScimAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

const ok = (body: unknown): ScimAnswer => ({ status: 200, body, headers: {} });
const notFound = () => new ScimError(404, 'This address does not exist.');
const notImplemented = () => new ScimError(501, 'This server does not support this operation.');
const notAllowed = (request: ScimRequest): ScimError =>
  new ScimError(405, `${request.method} is not supported at this address.`);

/** A query parameter. If a client repeats it, the first value counts. */
const textOf = (value: unknown): string | null => {
  const [first] = Array.isArray(value) ? (value as unknown[]) : [value];
  return typeof first === 'string' ? first : null;
};
const wholeOf = (value: unknown, otherwise: number): number => {
  const number = typeof value === 'number' ? value : Number(textOf(value) ?? Number.NaN);
  return Number.isSafeInteger(number) ? number : otherwise;
};
/** A list of paths: separated by commas in a query, or an array in a body. */
const pathsOf = (value: unknown): string | null =>
  Array.isArray(value) ? value.map(String).join(',') : textOf(value);

const wantedOf = (given: Readonly<Record<string, unknown>>): Wanted => ({
  attributes: pathsOf(given['attributes']),
  excludedAttributes: pathsOf(given['excludedAttributes']),
});

const answerUser = ({ body, version, location }: ScimUser, wanted: Wanted, status = 200): ScimAnswer => ({
  status,
  body: project(body, wanted),
  headers: { ETag: version, ...(status === 201 && { Location: location }) },
});

/** Answers a list for the parameters of a query or the body of a `.search` request. */
async function search(
  { by, base }: ScimRequest,
  given: Readonly<Record<string, unknown>>,
  users: ScimUsers,
): Promise<ScimAnswer> {
  const filter = textOf(given['filter']);
  const startIndex = Math.max(1, wholeOf(given['startIndex'], 1));
  const query = {
    filter: filter === null || filter.trim() === '' ? null : filter,
    startIndex,
    count: Math.max(0, wholeOf(given['count'], maxResults)),
  };
  const { users: found, total } = await users.find(by.source.id, query, base);
  const wanted = wantedOf(given);
  return ok(
    listResponse(
      found.map(({ body }) => project(body, wanted)),
      total,
      startIndex,
    ),
  );
}

/** Whether an `If-None-Match` names this version. */
const isKnown = (ifNoneMatch: string | null, version: string): boolean =>
  ifNoneMatch !== null &&
  ifNoneMatch
    .split(',')
    .map((tag) => tag.trim())
    .some((tag) => tag === '*' || tag.replace(/^W\//iu, '') === version.replace(/^W\//u, ''));

async function answerOneUser(request: ScimRequest, id: string, users: ScimUsers): Promise<ScimAnswer> {
  const { method, by, base, body, ifMatch, ifNoneMatch, query } = request;
  const wanted = wantedOf(query);
  switch (method) {
    case 'GET': {
      const user = await users.get(by.source.id, id, base);
      if (isKnown(ifNoneMatch, user.version))
        return { status: 304, body: null, headers: { ETag: user.version } };
      return answerUser(user, wanted);
    }
    case 'PUT':
      return answerUser(await users.replace(by, id, ifMatch, body, base), wanted);
    case 'PATCH':
      return answerUser(await users.patch(by, id, ifMatch, body, base), wanted);
    case 'DELETE':
      await users.remove(by, id, ifMatch);
      return { status: 204, body: null, headers: {} };
    default:
      throw notAllowed(request);
  }
}

async function answerUsers(
  request: ScimRequest,
  rest: readonly string[],
  users: ScimUsers,
): Promise<ScimAnswer> {
  const { method, by, base, body, query } = request;
  const [id, ...more] = rest;
  if (more.length > 0) throw notFound();
  if (id === '.search') return answerSearch(request, users);
  if (id !== undefined) return answerOneUser(request, id, users);
  if (method === 'GET') return search(request, query, users);
  if (method !== 'POST') throw notAllowed(request);
  return answerUser(await users.create(by, body, base), wantedOf(query), 201);
}

function answerSearch(request: ScimRequest, users: ScimUsers): Promise<ScimAnswer> {
  if (request.method !== 'POST') throw notAllowed(request);
  return search(request, isObject(request.body) ? request.body : {}, users);
}

/** Answers the server's self-description: a list, or one entry by its id. */
function answerDiscovery(
  request: ScimRequest,
  listed: readonly { readonly id: string }[],
  [id, ...more]: readonly string[],
): ScimAnswer {
  if (request.method !== 'GET') throw notAllowed(request);
  if (id === undefined) return ok(listResponse(listed));
  const one = listed.find((each) => each.id.toLowerCase() === id.toLowerCase());
  if (one === undefined || more.length > 0) throw notFound();
  return ok(one);
}

/** Answers a request. Throws `ScimError`. */
export async function answerScim(request: ScimRequest, users: ScimUsers): Promise<ScimAnswer> {
  const { method, base } = request;
  const [kind = '', ...rest] = request.segments;
  switch (kind.toLowerCase()) {
    case 'users':
      return answerUsers(request, rest, users);
    case 'groups':
      // Groups are not supported. An empty list lets clients that query groups continue with users.
      if (method === 'GET' && rest.length === 0) return ok(listResponse([]));
      throw method === 'GET' ? notFound() : notImplemented();
    case 'serviceproviderconfig':
      if (method !== 'GET') throw notAllowed(request);
      if (rest.length > 0) throw notFound();
      return ok(serviceProviderConfigOf(base));
    case 'resourcetypes':
      return answerDiscovery(request, resourceTypesOf(base), rest);
    case 'schemas':
      return answerDiscovery(request, schemasOf(base), rest);
    case '.search':
      return answerSearch(request, users);
    case 'me':
    case 'bulk':
      throw notImplemented();
    default:
      throw notFound();
  }
}
