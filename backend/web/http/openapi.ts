import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import { apiPrefix, type Endpoint } from '../../../shared/api/endpoint.ts';
import { endpoints } from '../../../shared/api/endpoints.ts';
import { inDrill, practised } from '../../../shared/api/practised.ts';
import { errorStatus } from '../../../shared/errors/codes.ts';
import { problem } from '../../../shared/errors/problem.ts';

/** OpenAPI 3.1 of the endpoints that are served, generated from the schemas that validate them. */
export function openApi(version: string, served: readonly string[]): object {
  const paths: Record<string, Record<string, unknown>> = {};
  const own = (Object.entries(endpoints) as [string, Endpoint][])
    .filter(([name]) => served.includes(name))
    .map(([, endpoint]) => endpoint);
  for (const endpoint of [...own, ...Object.values(practised).map(inDrill)]) {
    const path = `${apiPrefix}${endpoint.path}`.replaceAll(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[endpoint.method.toLowerCase()] = operationOf(endpoint);
  }
  return createDocument({
    openapi: '3.1.0',
    info: { title: 'Reset Desk', version },
    components: { securitySchemes: { session: { type: 'http', scheme: 'bearer' } } },
    paths: paths as ZodOpenApiPathsObject,
  });
}

function operationOf({
  id,
  summary,
  right,
  params,
  query,
  body,
  stream,
  answer,
  errors,
  idempotent,
  events,
  file,
}: Endpoint) {
  const statuses = [...new Set(errors.map((code) => errorStatus[code]))];
  const problems = statuses.map((status) => [
    String(status),
    {
      description: errors.filter((code) => errorStatus[code] === status).join(', '),
      content: { 'application/problem+json': { schema: problem } },
    },
  ]);
  const content =
    stream === true
      ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
      : body && { 'application/json': { schema: body } };
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    schema: { type: 'string', minLength: 8, maxLength: 200 },
  };
  return {
    operationId: id,
    summary,
    security: right === null ? [] : [{ session: [] }],
    requestParams: { ...(params && { path: params }), ...(query && { query }) },
    ...(idempotent === true && { parameters: [key] }),
    ...(content && { requestBody: { content } }),
    responses: {
      '200': {
        description: 'Done',
        content:
          file === undefined
            ? { [events === true ? 'text/event-stream' : 'application/json']: { schema: answer } }
            : Object.fromEntries(
                file.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
              ),
      },
      ...Object.fromEntries(problems),
    },
  };
}
