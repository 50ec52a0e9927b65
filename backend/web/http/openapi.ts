import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import type { z } from 'zod';
import { apiPrefix, isProtected, type Endpoint } from '../../../shared/api/endpoint.ts';
import { endpoints } from '../../../shared/api/endpoints.ts';
import { possibleErrors } from '../../../shared/api/possible-errors.ts';
import { proposedAnswer } from '../../../shared/api/protected-change-view.ts';
import { inDrill, practisedNames } from '../../../shared/api/practised.ts';
import { errorStatus } from '../../../shared/errors/codes.ts';
import { problem } from '../../../shared/errors/problem.ts';
import { signedPack } from '../../audit/evidence-pack/sign-pack.ts';

/** OpenAPI 3.1 of the Reset API, generated from the schemas that validate its requests and answers. */
export function openApi(version: string): object {
  const paths: Record<string, Record<string, unknown>> = {};
  const doubles = practisedNames.map((name) => inDrill(endpoints[name]));
  for (const endpoint of [...Object.values<Endpoint>(endpoints), ...doubles]) {
    const path = `${apiPrefix}${endpoint.path}`.replaceAll(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[endpoint.method.toLowerCase()] = operationOf(endpoint);
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Reset Desk',
      version,
      description:
        'Errors are `application/problem+json` (RFC 9457) with a stable `code`. `HEAD` is not supported (405). Use `GET`, also to test whether a live stream can be opened.',
    },
    components: { securitySchemes: { session: { type: 'http', scheme: 'bearer' } } },
    paths: paths as ZodOpenApiPathsObject,
  });
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'A repeated request with the same key gets the first answer and has no second effect.',
  schema: { type: 'string', minLength: 8, maxLength: 200 },
};

/** Included once in the document, for every status of every operation. */
const sharedProblem = problem.meta({ id: 'Problem' });

const bytes = { schema: { type: 'string', format: 'binary' } };

/** One response for each status, with its error codes. */
function problemsOf(endpoint: Endpoint): Record<string, object> {
  const codes = [...possibleErrors(endpoint)];
  const statuses = [...new Set(codes.map((code) => errorStatus[code]))];
  return Object.fromEntries(
    statuses.map((status) => [
      String(status),
      {
        description: codes.filter((code) => errorStatus[code] === status).join(', '),
        content: { 'application/problem+json': { schema: sharedProblem } },
      },
    ]),
  );
}

/** Files that consist of JSON with one schema. */
const jsonFiles: Readonly<Record<string, z.ZodType>> = { [endpoints.getEvidencePack.id]: signedPack };

function answerOf({ id, answer, events, file }: Endpoint) {
  if (file !== undefined) {
    const schemaOf = (type: string) => (type === 'application/json' ? jsonFiles[id] : undefined);
    return Object.fromEntries(
      file.map((type) => {
        const schema = schemaOf(type);
        return [type, schema === undefined ? bytes : { schema }];
      }),
    );
  }
  return { [events === true ? 'text/event-stream' : 'application/json']: { schema: answer } };
}

function operationOf(endpoint: Endpoint) {
  const { id, summary, right, params, query, body, stream, idempotent, secret } = endpoint;
  const content =
    stream === true
      ? { 'application/octet-stream': bytes }
      : body && { 'application/json': { schema: body } };
  return {
    operationId: id,
    summary,
    security: right === null ? [] : [{ session: [] }],
    requestParams: { ...(params && { path: params }), ...(query && { query }) },
    ...(idempotent === true && { parameters: [idempotencyKey] }),
    ...(content && { requestBody: { content } }),
    responses: {
      '200': {
        description:
          secret === true ? 'Success. The response contains a secret; do not store or log it.' : 'Success',
        content: answerOf(endpoint),
      },
      ...(isProtected(endpoint) && {
        '202': {
          description: 'The change is waiting for another administrator and has not taken effect',
          content: { 'application/json': { schema: proposedAnswer } },
        },
      }),
      ...problemsOf(endpoint),
    },
  };
}
