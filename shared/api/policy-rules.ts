import { z } from 'zod';
import { policyDocument } from './policy.ts';

/** One rule of a policy, as the settings form needs it. */
export interface PolicyRule {
  /** The dotted name, as in the policy's history. */
  readonly path: string;
  readonly kind: 'amount' | 'choice' | 'many' | 'switch' | 'text' | 'amounts' | 'texts';
  /** Bounds of a number, or of the length of a text; in a list, of each entry. */
  readonly least: number | null;
  readonly most: number | null;
  /** The choices. */
  readonly options: readonly string[];
  /** The document may omit it, which demands nothing. */
  readonly optional: boolean;
}

const nothing = { least: null, most: null, options: [] } as const;
/** A list of numbers or texts has the bounds of its entries; a list of names is a multiple choice. */
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
  // A field with a single possible value is no choice.
  if (schema instanceof z.ZodLiteral && schema.values.size === 1) return [];
  throw new Error(`policy: no kind of rule fits ${path}`);
}

/** Every rule that an administrator can choose, derived from the schema of the policy. */
export const policyRules: readonly PolicyRule[] = rulesUnder(policyDocument, '', false);
