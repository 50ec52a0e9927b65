import { z } from 'zod';
import { apiVersion, isProtected, type Endpoint, type EndpointReply } from '../../../shared/api/endpoint.ts';
import { apiMisfit } from '../../../shared/api/api-fit.ts';
import { getAbout, type AboutView } from '../../../shared/api/about.ts';
import { proposedAnswer } from '../../../shared/api/protected-change-view.ts';
import type { FailureCode } from '../../../shared/errors/codes.ts';
import { problem } from '../../../shared/errors/problem.ts';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import type { Log } from '../../log/log.ts';
import { hasUnlikelyShape } from './json-shape.ts';
import { placesOfUnknownWords, readNewerAnswer } from './newer-answer.ts';

interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** Longest reference that the screen shows, in characters. The backend's own references are shorter. */
const maxReference = 40;
const maxDetail = 500;
const maxFields = 100;

/** Places of unknown words that a line of the log names. */
const maxPlaces = 10;

/** A problem document of a newer server. */
const unknownProblem = problem.extend({
  code: z
    .string()
    .max(80)
    .regex(/^[a-z-]+\.[a-z-]+$/),
});

/** The versions of the API with which this console works. */
const spokenApi = { oldest: 1, newest: apiVersion } as const;

const webPage = /^(?:text\/html|application\/xhtml\+xml)\b/i;

/** Parses an HTTP response into the endpoint's value, or throws the failure that it reports. `onNewer`: parts of it are only known to newer consoles. */
export function readAnswer<E extends Endpoint>(
  endpoint: E,
  raw: RawAnswer,
  log: Log,
  onNewer?: () => void,
): EndpointReply<E> {
  const { status, contentType } = raw;
  const isJson = /^application\/(?:[\w.]+\+)?json\b/i.test(contentType);
  const json: unknown = isJson ? parseJson(raw.text) : undefined;
  if (status >= 200 && status < 300) {
    const schema = status === 202 && isProtected(endpoint) ? proposedAnswer : endpoint.answer;
    const answer = schema.safeParse(json);
    if (answer.success) return accepted(endpoint, answer.data) as EndpointReply<E>;
    if (endpoint.id === getAbout.id) throw aboutFailure(json);
    const newer = readNewerAnswer(endpoint, schema, json);
    if (newer !== null) {
      log.warn('entries of a newer server left out', {
        endpoint: endpoint.id,
        places: newer.places.slice(0, maxPlaces).join(' '),
      });
      onNewer?.();
      return newer.answer as EndpointReply<E>;
    }
    const unknownPlaces = placesOfUnknownWords(schema, json)?.slice(0, maxPlaces).join(' ') ?? null;
    if (unknownPlaces !== null) {
      log.warn('answer of a newer server cannot be read', { endpoint: endpoint.id, places: unknownPlaces });
      onNewer?.();
      throw new ConsoleFailure('server.answer-newer', { detail: unknownPlaces.slice(0, maxDetail) });
    }
    if (webPage.test(contentType)) throw new ConsoleFailure('proxy.web-page', { detail: String(status) });
    // Only paths are logged, because the response itself may contain a password.
    const paths = answer.error.issues.map(({ path }) => path.join('.')).join(' ');
    throw new ConsoleFailure('server.answer-invalid', {
      reference: log.unexpected('response does not match the contract', `${endpoint.id}: ${paths}`),
    });
  }
  const parsed = problem.safeParse(json);
  if (parsed.success) {
    const { code, reference, detail, until, triesLeft, fields } = parsed.data;
    throw new ConsoleFailure(code, {
      ...(reference !== undefined && { reference: reference.slice(0, maxReference) }),
      ...(detail !== undefined && { detail: detail.slice(0, maxDetail) }),
      ...(until !== undefined && { until }),
      ...(triesLeft !== undefined && { triesLeft }),
      ...(fields !== undefined && {
        fields: fields.slice(0, maxFields).map(({ path, message }) => ({
          path: path.slice(0, maxDetail),
          message: message.slice(0, maxDetail),
        })),
      }),
    });
  }
  const unknown = unknownProblem.safeParse(json);
  if (unknown.success) {
    onNewer?.();
    throw newerFailure(endpoint, unknown.data);
  }
  throw foreignFailure(endpoint, status, contentType, log);
}

/** What every version of the product says about itself. */
const anyAbout = getAbout.answer.pick({ product: true, version: true, api: true, oldestApi: true });

/** The failure of an answer that does not describe a server of this version: another version of the product, or something else. */
function aboutFailure(json: unknown): ConsoleFailure {
  const known = anyAbout.safeParse(json).data;
  if (known === undefined) return new ConsoleFailure('server.not-reset-desk');
  const misfit =
    misfitOf(known) ?? (placesOfUnknownWords(getAbout.answer, json) === null ? null : 'server.too-new');
  return misfit === null
    ? new ConsoleFailure('server.not-reset-desk')
    : new ConsoleFailure(misfit, { detail: known.version.slice(0, maxDetail) });
}

/** The failure of a refusal whose code this console does not know. Without a session, nothing else is possible than to sign in again. */
function newerFailure(
  endpoint: Endpoint,
  { status, code, reference }: z.infer<typeof unknownProblem>,
): ConsoleFailure {
  if (status === 401 && endpoint.right !== null) return new ConsoleFailure('session.expired');
  return new ConsoleFailure('server.refusal-unknown', {
    detail: code,
    ...(reference !== undefined && { reference: reference.slice(0, maxReference) }),
  });
}

/** The statuses with which a proxy refuses a request by itself, whatever is behind it. */
const proxyCodes: Readonly<Partial<Record<number, FailureCode>>> = {
  401: 'proxy.refused',
  403: 'proxy.refused',
  407: 'proxy.refused',
  413: 'proxy.too-large',
  429: 'request.rate-limited',
  502: 'proxy.no-server',
  503: 'proxy.no-server',
  504: 'proxy.timeout',
  511: 'proxy.web-page',
};

/** The failure of an error answer that is no problem document. The backend always sends one, so a proxy or another program answered. */
function foreignFailure(endpoint: Endpoint, status: number, contentType: string, log: Log): ConsoleFailure {
  const detail = String(status);
  const known = proxyCodes[status];
  if (known !== undefined) return new ConsoleFailure(known, { detail });
  // Not followed, because it could send the token to another server.
  if (status >= 300 && status < 400) return new ConsoleFailure('server.redirected', { detail });
  if (endpoint.id === getAbout.id && status < 500) return new ConsoleFailure('server.not-reset-desk');
  if (status >= 400 && status < 500 && webPage.test(contentType))
    return new ConsoleFailure('proxy.refused', { detail });
  const reference = log.unexpected('response is not a problem document', `${endpoint.id}: ${status}`);
  return new ConsoleFailure(status >= 500 && status < 600 ? 'server.failed' : 'server.answer-invalid', {
    reference,
    detail,
  });
}

const misfitOf = ({ api, oldestApi = api }: Pick<AboutView, 'api' | 'oldestApi'>) =>
  apiMisfit({ oldest: oldestApi, newest: api }, spokenApi);

function accepted(endpoint: Endpoint, answer: unknown): unknown {
  if (endpoint.id !== getAbout.id) return answer;
  const about = answer as AboutView;
  const misfit = misfitOf(about);
  if (misfit !== null) throw new ConsoleFailure(misfit, { detail: about.version });
  return answer;
}

function parseJson(text: string): unknown {
  if (hasUnlikelyShape(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
