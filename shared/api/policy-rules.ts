import { z } from 'zod';
import { policyDocument } from './policy.ts';

/** One thing that a policy says, as whoever edits it needs to know it. */
export interface PolicyRule {
  /** Its dotted name, as in the policy's history. */
  readonly path: string;
  readonly kind: 'amount' | 'choice' | 'many' | 'switch' | 'text' | 'amounts' | 'texts';
  /** Of a number, or of each in a list; of a text, or of each in a list, the characters. */
  readonly least: number | null;
  readonly most: number | null;
  /** What can be chosen. */
  readonly options: readonly string[];
  /** Left out of the document, it asks for nothing. */
  readonly optional: boolean;
}

const nothing = { least: null, most: null, options: [] } as const;
/** A list of numbers or of texts is bounded as each of its entries is; a list of names is a choice of many. */
const listKinds = {
  amount: 'amounts',
  text: 'texts',
  choice: 'many',
  switch: null,
  many: null,
  amounts: null,
  texts: null,
} as const;

function rulesUnder(schema: unknown, path: string, optional: boolean): PolicyRule[] {
  const rule = (kind: PolicyRule['kind'], bounds: Partial<PolicyRule> = {}): PolicyRule[] => [
    { ...nothing, path, kind, optional, ...bounds },
  ];
  const under = (name: string) => (path === '' ? name : `${path}.${name}`);
  if (schema instanceof z.ZodDefault) return rulesUnder(schema.def.innerType, path, optional);
  if (schema instanceof z.ZodOptional) return rulesUnder(schema.def.innerType, path, true);
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape).flatMap(([name, part]) => rulesUnder(part, under(name), false));
  }
  if (schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum) {
    const { valueType } = schema;
    return schema.keyType.options.flatMap((name) => rulesUnder(valueType, under(String(name)), true));
  }
  if (schema instanceof z.ZodNumber) {
    return rule('amount', { least: schema.minValue, most: schema.maxValue });
  }
  if (schema instanceof z.ZodString) {
    return rule('text', { least: schema.minLength, most: schema.maxLength });
  }
  if (schema instanceof z.ZodEnum) return rule('choice', { options: schema.options.map(String) });
  if (schema instanceof z.ZodBoolean) return rule('switch');
  if (schema instanceof z.ZodArray) {
    const [each] = rulesUnder(schema.element, path, optional);
    const kind = each && listKinds[each.kind];
    if (each && kind) return [{ ...each, kind }];
  }
  // What can have one value alone is nobody's choice.
  if (schema instanceof z.ZodLiteral && schema.values.size === 1) return [];
  throw new Error(`policy: no kind of rule fits ${path}`);
}

/** Everything that an administrator may choose, read off the schema, so that a new rule is in it as soon as it is in the policy. */
export const policyRules: readonly PolicyRule[] = rulesUnder(policyDocument, '', false);
