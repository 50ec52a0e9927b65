import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { plainIssue } from './plain-issue.ts';

const messagesOf = (schema: z.ZodType, value: unknown): readonly string[] =>
  (schema.safeParse(value).error?.issues ?? []).map((issue) => plainIssue(issue));

describe('what is wrong with a field', () => {
  it.each([
    ['an empty text', z.string().min(1), '', 'Fill in this field.'],
    ['an empty list', z.array(z.string()).min(1), [], 'Fill in this field.'],
    ['a missing value', z.string(), undefined, 'Fill in this field.'],
    ['a short text', z.string().min(8), 'short', 'Enter at least 8 characters.'],
    ['a long text', z.string().max(200), 'a'.repeat(201), 'Enter at most 200 characters.'],
    ['a text longer than one character', z.string().max(1), 'ab', 'Enter at most 1 character.'],
    ['a short list', z.array(z.string()).min(2), ['a'], 'Enter at least 2 entries.'],
    ['a long list', z.array(z.string()).max(5), [...'abcdef'], 'Enter at most 5 entries.'],
    ['a list longer than one entry', z.array(z.string()).max(1), ['a', 'b'], 'Enter at most 1 entry.'],
    ['an early day', z.date().min(new Date(5)), new Date(4), 'Correct this field.'],
    ['a small number', z.int().min(5), 4, 'The smallest value is 5.'],
    ['a large number', z.number().max(5), 6, 'The largest value is 5.'],
    ['another format', z.url(), 'no address', 'Correct this field.'],
    ['another choice', z.enum(['tls']), 'none', 'Correct this field.'],
    ['a sentence of the schema', z.guid('Enter the client ID.'), 'x', 'Enter the client ID.'],
  ])('is said in words for %s', (_what, schema, value, expected) => {
    expect(messagesOf(schema, value)).toEqual([expected]);
  });
});
