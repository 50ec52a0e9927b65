import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { isProtected, type Endpoint } from '../../../shared/api/endpoint.ts';
import { endpoints } from '../../../shared/api/endpoints.ts';
import { possibleErrors } from '../../../shared/api/possible-errors.ts';
import { errorStatus } from '../../../shared/errors/codes.ts';
import { openApi } from './openapi.ts';

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { schema: object }>> }>
  >;
}
const document = openApi('1.0.0') as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};
const operations = Object.values(document.paths).flatMap((path) => Object.values(path));

/** Every schema in the document, at any depth. */
function* schemasIn(value: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Readonly<Record<string, unknown>>;
  for (const part of Object.values(value)) yield* schemasIn(part);
}

describe('/openapi.json', () => {
  it('is a valid OpenAPI 3.1 document', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
  });

  it('has tuples as JSON Schema 2020-12 has them', () => {
    const tuples = [...schemasIn(document)].filter((schema) => 'prefixItems' in schema);
    expect(tuples.length).toBeGreaterThan(0);
    for (const schema of schemasIn(document)) expect(Array.isArray(schema['items'])).toBe(false);
  });

  it('documents every status that the mechanism around an endpoint can answer, as problem details', () => {
    for (const endpoint of Object.values(endpoints)) {
      const operation = operations.find(({ operationId }) => operationId === endpoint.id);
      const statuses = new Set([...possibleErrors(endpoint)].map((code) => String(errorStatus[code])));
      const least = [
        '400',
        '500',
        ...(endpoint.right === null ? [] : ['401']),
        ...(endpoint.method === 'GET' ? [] : ['413', '429']),
      ];
      expect([...statuses]).toEqual(expect.arrayContaining(least));
      const { '200': _success, '202': proposed, ...problems } = operation?.responses ?? {};
      expect([endpoint.id, proposed !== undefined]).toEqual([endpoint.id, isProtected(endpoint as Endpoint)]);
      expect([endpoint.id, Object.keys(problems).toSorted()]).toEqual([
        endpoint.id,
        [...statuses].toSorted(),
      ]);
      for (const { content } of Object.values(problems))
        expect(Object.keys(content)).toEqual(['application/problem+json']);
    }
  });

  it('types the JSON of an evidence pack', () => {
    const pack = operations.find(({ operationId }) => operationId === 'getEvidencePack');
    const json = pack?.responses['200']?.content['application/json']?.schema;
    expect(json).toMatchObject({ type: 'object', required: ['story', 'signature'] });
  });
});
