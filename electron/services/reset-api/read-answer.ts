import { apiVersion, type Endpoint, type EndpointAnswer } from '../../../shared/api/endpoint.ts';
import { getAbout, type AboutView } from '../../../shared/api/about.ts';
import { problem } from '../../../shared/errors/problem.ts';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import type { Log } from '../../log/log.ts';

interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** Parses an HTTP response into the endpoint's value, or throws the failure that it reports. */
export function readAnswer<E extends Endpoint>(endpoint: E, raw: RawAnswer, log: Log): EndpointAnswer<E> {
  const { status, contentType } = raw;
  const isJson = /^application\/(?:[\w.]+\+)?json\b/i.test(contentType);
  const json: unknown = isJson ? parseJson(raw.text) : undefined;
  if (status >= 200 && status < 300) {
    const answer = endpoint.answer.safeParse(json);
    if (answer.success) return accepted(endpoint, answer.data) as EndpointAnswer<E>;
    if (endpoint.id === getAbout.id) throw new ConsoleFailure('server.not-reset-desk');
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
      ...(reference !== undefined && { reference }),
      ...(detail !== undefined && { detail }),
      ...(until !== undefined && { until }),
      ...(triesLeft !== undefined && { triesLeft }),
      ...(fields !== undefined && { fields }),
    });
  }
  // Redirects are refused, because they could send the token to another server.
  if (endpoint.id === getAbout.id && status < 500) throw new ConsoleFailure('server.not-reset-desk');
  if (status >= 502 && status <= 504)
    throw new ConsoleFailure('server.unreachable', { detail: String(status) });
  throw new ConsoleFailure('server.answer-invalid', {
    reference: log.unexpected('response is no problem document', `${endpoint.id}: ${status}`),
  });
}

function accepted(endpoint: Endpoint, answer: unknown): unknown {
  if (endpoint.id === getAbout.id && (answer as AboutView).api > apiVersion)
    throw new ConsoleFailure('server.too-new', { detail: (answer as AboutView).version });
  return answer;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
