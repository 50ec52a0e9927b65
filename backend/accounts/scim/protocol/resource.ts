import { withoutInvisible } from '../../../../shared/api/typed-text.ts';
import { invalid } from './scim-error.ts';
import {
  attributeNamed,
  commonAttributes,
  enterpriseAttributes,
  enterpriseUrn,
  userAttributes,
  userUrn,
  type Attribute,
} from './user-schema.ts';

export type Value = string | boolean | Complex | readonly Value[];
export interface Complex {
  readonly [name: string]: Value;
}

/** A stored user: only attributes of the schema, under the schema's names, with extensions below their URN. Has no id and no meta. */
export type UserResource = Complex & { readonly userName: string };

/** The maximum number of characters in a value and of values in an attribute. Both are far above any real account. */
const [maxLength, maxValues] = [1000, 50] as const;

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text on one line, without invisible characters. */
export const cleanText = (value: string): string =>
  withoutInvisible(value.replaceAll(/\p{Cs}/gu, '\uFFFD'))
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim()
    .normalize('NFC');

function readText(value: unknown, path: string): string | undefined {
  // A client may map a number, such as an employee number, to a text attribute.
  if (typeof value !== 'string' && typeof value !== 'number')
    throw invalid('invalidValue', `${path} must be a string.`);
  const text = cleanText(String(value));
  if (text.length > maxLength)
    throw invalid('invalidValue', `${path} is longer than ${maxLength} characters.`);
  return text === '' ? undefined : text;
}

/** Entra ID sends booleans as `"True"` and `"False"`. */
export function readBoolean(value: unknown, path: string): boolean {
  const text = typeof value === 'string' ? value.trim().toLowerCase() : value;
  if (text === true || text === 'true') return true;
  if (text === false || text === 'false') return false;
  throw invalid('invalidValue', `${path} must be true or false.`);
}

function readComplex(
  { subAttributes = [], multiValued }: Attribute,
  value: unknown,
  path: string,
): Complex | undefined {
  // Entra ID sends a manager's id as plain text, which is then the value.
  const given = isObject(value) ? value : { value };
  if (!isObject(value) && attributeNamed(subAttributes, 'value') === undefined)
    throw invalid('invalidValue', `${path} must be an object.`);
  const read: Record<string, Value> = {};
  for (const [name, inner] of Object.entries(given)) {
    const sub = attributeNamed(subAttributes, name);
    if (sub === undefined || inner === null) continue;
    const found = readOne(sub, inner, `${path}.${sub.name}`);
    if (found !== undefined) read[sub.name] = found;
  }
  // A type without a value carries no information.
  if (multiValued === true && read['value'] === undefined) return undefined;
  return Object.keys(read).length === 0 ? undefined : read;
}

function readOne(attribute: Attribute, value: unknown, path: string): Value | undefined {
  if (value === null || value === undefined) return undefined;
  if (attribute.type === 'boolean') return value === '' ? undefined : readBoolean(value, path);
  return attribute.type === 'complex' ? readComplex(attribute, value, path) : readText(value, path);
}

/** Keeps only the last of several primary values as the primary one. */
export function withOnePrimary(values: readonly Value[]): readonly Value[] {
  const last = values.findLastIndex((value) => isObject(value) && value['primary'] === true);
  return values.map((value, at) =>
    isObject(value) && value['primary'] === true && at !== last ? { ...value, primary: false } : value,
  );
}

/** Reads the value of an attribute; undefined if it has none. Throws `invalidValue`. */
export function readValue(attribute: Attribute, value: unknown): Value | undefined {
  const { name, multiValued } = attribute;
  if (multiValued !== true) {
    // Some clients send a list with one element.
    const [only] = Array.isArray(value) && value.length === 1 ? (value as unknown[]) : [value];
    return readOne(attribute, only, name);
  }
  if (value === null || value === undefined) return undefined;
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (given.length > maxValues) throw invalid('invalidValue', `${name} has more than ${maxValues} values.`);
  const read = given.flatMap((each) => readOne(attribute, each, name) ?? []);
  return read.length === 0 ? undefined : withOnePrimary(read);
}

const externalId = attributeNamed(commonAttributes, 'externalId');
/** The attributes that a client may set, without those of the extension. */
export const writableAttributes: readonly Attribute[] = [
  ...userAttributes,
  ...(externalId === undefined ? [] : [externalId]),
];

function readAttributes(attributes: readonly Attribute[], given: Readonly<Record<string, unknown>>): Complex {
  const read: Record<string, Value> = {};
  for (const [key, value] of Object.entries(given)) {
    const attribute = attributeNamed(attributes, key);
    if (attribute === undefined) continue;
    const found = readValue(attribute, value);
    if (found !== undefined) read[attribute.name] = found;
  }
  return read;
}

/** A user without its empty attributes. Throws `invalidValue` if the user name is missing. */
export function asUser(read: Complex): UserResource {
  const { userName } = read;
  if (typeof userName !== 'string') throw invalid('invalidValue', 'userName is missing.');
  return { ...read, userName };
}

/** Reads a complete user (POST, PUT). Ignores passwords and attributes outside the schema. */
export function readUser(body: unknown): UserResource {
  if (!isObject(body)) throw invalid('invalidSyntax', 'The body is not a JSON object.');
  const { schemas } = body;
  if (Array.isArray(schemas) && !schemas.some((urn) => String(urn).toLowerCase() === userUrn.toLowerCase()))
    throw invalid('invalidSyntax', `schemas lacks ${userUrn}.`);
  const key = Object.keys(body).find((name) => name.toLowerCase() === enterpriseUrn.toLowerCase());
  const extension = key === undefined ? undefined : body[key];
  const enterprise = isObject(extension) ? readAttributes(enterpriseAttributes, extension) : {};
  return asUser({
    ...readAttributes(writableAttributes, body),
    ...(Object.keys(enterprise).length > 0 && { [enterpriseUrn]: enterprise }),
  });
}
