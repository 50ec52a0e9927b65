import { z } from 'zod';
import { managedNames, managedValues, type ManagedName } from '../../shared/managed/managed-settings.ts';

/** How a policy editor asks for a setting. */
export type SettingKind =
  | { readonly kind: 'switch' }
  | { readonly kind: 'text'; readonly maxLength: number }
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'choice'; readonly choices: readonly string[] };

/** Reads the kind from the setting's schema. Throws for a schema that no policy editor can show. */
function kindOf(name: ManagedName): SettingKind {
  const schema: z.ZodType = managedValues.shape[name].unwrap();
  if (schema instanceof z.ZodBoolean) return { kind: 'switch' };
  if (schema instanceof z.ZodEnum) return { kind: 'choice', choices: schema.options.map(String) };
  if (schema instanceof z.ZodNumber && schema.minValue !== null && schema.maxValue !== null)
    return { kind: 'number', min: schema.minValue, max: schema.maxValue };
  if (schema instanceof z.ZodURL && schema.maxLength !== null)
    return { kind: 'text', maxLength: schema.maxLength };
  throw new Error(`${name} has a schema that no policy editor can show`);
}

export const settingKinds: readonly (readonly [ManagedName, SettingKind])[] = managedNames.map((name) => [
  name,
  kindOf(name),
]);
