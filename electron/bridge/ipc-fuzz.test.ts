import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { preloadOnly } from '../../shared/bridge/channels.ts';
import { contract } from '../../shared/bridge/contract.ts';
import type { Call } from '../../shared/bridge/contract/call.ts';
import type { Result } from '../../shared/errors/result.ts';
import { registerHandlers, type HandlerPort } from './register.ts';
import type { Sender } from './trusted-sender.ts';

const sender: Sender = { sender: { id: 1 }, senderFrame: null };
const calls = Object.entries(contract).flatMap(([group, members]) =>
  Object.entries(members as Record<string, Call>).map(([name, call]) => [`${group}.${name}`, call] as const),
);

/** The bridge with the real contract, and handlers that only note what they were given. */
function fuzzedBridge() {
  const ran: string[] = [];
  const listeners = new Map<string, Parameters<HandlerPort['handle']>[1]>();
  const handlers = Object.fromEntries(
    Object.entries(contract).map(([group, members]) => [
      group,
      Object.fromEntries(
        Object.keys(members).map((name) => [
          name,
          async () => {
            ran.push(`${group}.${name}`);
            return undefined;
          },
        ]),
      ),
    ]),
  );
  registerHandlers(contract, handlers as never, {
    ipc: { handle: (name, listener) => void listeners.set(name, listener) },
    isTrusted: () => true,
    log: { info: () => undefined, warn: () => undefined, unexpected: () => 'REF1-REF2' },
  });
  const send = async (name: string, args: unknown) =>
    (await listeners.get(name)?.(sender, args)) as Result<unknown>;
  return { ran, send };
}

const deep = (levels: number): unknown => {
  let value: unknown = 'end';
  for (let level = 0; level < levels; level += 1) value = { value };
  return value;
};
/** What a page can send through the structured clone of IPC. */
const wrongArguments: readonly [string, unknown][] = [
  ['a number', 7],
  ['not a number', Number.NaN],
  ['a text', 'x'],
  ['a long text', 'x'.repeat(1_000_000)],
  ['a truth', true],
  ['a list', []],
  ['a long list', Array.from({ length: 10_000 }, () => ({}))],
  ['a date', new Date(0)],
  ['a map', new Map([['params', {}]])],
  ['a set', new Set(['x'])],
  ['bytes', new Uint8Array(8)],
  ['a big number', 10n],
  ['a pattern', /x/],
  ['an error', new Error('x')],
  ['a deep object', deep(500)],
  ['an object with a key of its own', { unknownKey: 1 }],
  ['parts of the wrong kind', { params: 7, query: [], body: 'x' }],
  ['parts that are empty', { params: null, query: null, body: null }],
  ['polluting keys', JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')],
];

const wrongPerCall = 500;
/** Whatever a page can put together and the structured clone lets pass. */
const anything = fc.anything({
  key: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'params', 'query', 'body', 'id')),
  maxDepth: 2,
  maxKeys: 4,
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withSparseArray: true,
  withTypedArray: true,
});

/** The object with each of its values, at every level, replaced by another one. */
function withOneValue(valid: unknown, other: unknown): readonly unknown[] {
  if (typeof valid !== 'object' || valid === null || Array.isArray(valid)) return [];
  return Object.entries(valid).flatMap(([key, value]) =>
    [other, ...withOneValue(value, other)].map((changed) => ({ ...valid, [key]: changed })),
  );
}

/** Each value in turn: in the place of one value of the valid argument, then alone. */
function* wrongFor(valid: unknown, values: readonly unknown[]): Generator {
  for (const value of values) {
    yield* withOneValue(valid, value);
    yield value;
  }
}

describe('every call of the bridge', () => {
  it.each(wrongArguments)('refuses %s', async (_what, args) => {
    const { ran, send } = fuzzedBridge();
    const wrong: string[] = [];
    for (const [name] of calls) {
      const answer = await send(name, args);
      if (answer.ok || answer.failure.code !== 'request.invalid') wrong.push(name);
    }
    expect(wrong).toEqual([]);
    expect(ran).toEqual([]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('refuses a key that it does not declare, at every level of an argument that is valid otherwise', async () => {
    const { ran, send } = fuzzedBridge();
    const wrong: string[] = [];
    let tried = 0;
    for (const [name, { args }] of calls) {
      const valid = sampleOf(z.toJSONSchema(args, { io: 'input', unrepresentable: 'any' }) as JsonSchema);
      if (!args.safeParse(valid).success || typeof valid !== 'object' || valid === null) continue;
      await send(name, valid);
      if (ran.splice(0).join() !== name) wrong.push(`${name} refuses its sample`);
      for (const padded of withUnknownKeys(valid)) {
        tried += 1;
        const answer = await send(name, padded);
        if (answer.ok || answer.failure.code !== 'request.invalid')
          wrong.push(`${name} ${JSON.stringify(padded)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(ran).toEqual([]);
    expect(tried).toBeGreaterThan(150);
  });

  it(
    'refuses 500 wrong arguments: anything, and valid ones with one wrong value',
    { timeout: 120_000 },
    async () => {
      const { ran, send } = fuzzedBridge();
      // More than needed, because some values are valid.
      const values = fc.sample(anything, { numRuns: 3 * wrongPerCall, seed: 18 });
      const wrong: string[] = [];
      const few: string[] = [];
      for (const [name, { args }] of calls) {
        const valid = sampleOf(z.toJSONSchema(args, { io: 'input', unrepresentable: 'any' }) as JsonSchema);
        let tried = 0;
        for (const value of wrongFor(valid, values)) {
          if (tried === wrongPerCall) break;
          // A call without an argument is one with null.
          if (args.safeParse(value ?? null).success) continue;
          tried += 1;
          const answer = await send(name, value);
          if (answer.ok || answer.failure.code !== 'request.invalid')
            wrong.push(`${name} ${fc.stringify(value)}`);
        }
        if (tried < wrongPerCall) few.push(`${name} ${tried}`);
      }
      expect(wrong).toEqual([]);
      expect(few).toEqual([]);
      expect(ran).toEqual([]);
      expect(({} as { polluted?: number }).polluted).toBeUndefined();
    },
  );

  it('is fuzzed', () => {
    expect(calls.length).toBeGreaterThan(150);
  });
});

describe('a page', () => {
  it.each(calls.filter(([name]) => !preloadOnly.has(name)))(
    'names no file of this computer: %s',
    (_name, call) => {
      const schema = z.toJSONSchema(call.args, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
      const names = Object.keys(schema.properties ?? {});
      expect(names.filter((name) => /path$|folder|^file$/i.test(name))).toEqual([]);
    },
  );

  it('has no call that only the preload makes', () => {
    expect([...preloadOnly].filter((name) => !calls.some(([known]) => known === name))).toEqual([]);
    const preload = readFileSync(new URL('../preload/preload.ts', import.meta.url), 'utf8');
    expect(preload).toContain('.filter((name) => !preloadOnly.has(channel(group, name)))');
  });
});

interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly format?: string;
}

/** A value that most schemas of this shape accept: with every property, so that unknown keys can be added to each. */
function sampleOf(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const choice = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choice !== undefined) return sampleOf(choice[0] ?? {});
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .map(([name, property]) => [name, sampleOf(property)] as const)
          .filter(([, value]) => value !== undefined),
      );
    case 'array':
      return schema.items === undefined
        ? []
        : Array.from({ length: Math.max(1, schema.minItems ?? 0) }, () => sampleOf(schema.items ?? {}));
    case 'string':
      if (schema.format === 'date-time') return '2026-03-01T08:00:00.000Z';
      if (schema.format === 'uuid') return '2f1b8c7e-6a7d-4c1e-9b1a-0d9e8f7a6b5c';
      if (schema.format === 'email') return 'ann@example.com';
      return 'x'.repeat(Math.max(8, schema.minLength ?? 0));
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return undefined;
  }
}

/** The value once for each object in it, with a key more there. */
function withUnknownKeys(value: unknown): readonly unknown[] {
  if (Array.isArray(value))
    return value.flatMap((item, at) => withUnknownKeys(item).map((padded) => value.with(at, padded)));
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.entries(value).flatMap(([key, member]) =>
    withUnknownKeys(member).map((padded) => ({ ...value, [key]: padded })),
  );
  return [{ ...value, unknownKey: 'x' }, ...inside];
}
