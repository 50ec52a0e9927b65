import { parsePath, type AttributePath, type Filter } from './filter.ts';
import { attributeOf, matchesValue } from './match.ts';
import {
  asUser,
  isObject,
  readValue,
  withOnePrimary,
  type Complex,
  type UserResource,
  type Value,
} from './resource.ts';
import { invalid } from './scim-error.ts';
import { attributeNamed, enterpriseUrn, userUrn, type Attribute } from './user-schema.ts';

type Verb = 'add' | 'replace' | 'remove';
interface Operation {
  readonly verb: Verb;
  readonly path: string | null;
  readonly value: unknown;
}

/** The maximum number of operations in one request. Clients send a few. */
const maxOperations = 200;

const memberOf = (object: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.entries(object).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];

/** Reads the operations of a PatchOp request. Entra ID capitalises the verbs. */
function readOperations(body: unknown): Operation[] {
  if (!isObject(body)) throw invalid('invalidSyntax', 'The body is not a JSON object.');
  const given = memberOf(body, 'Operations');
  if (!Array.isArray(given) || given.length === 0) throw invalid('invalidSyntax', 'Operations is missing.');
  if (given.length > maxOperations)
    throw invalid('invalidSyntax', `There are more than ${maxOperations} operations.`);
  return given.map((each: unknown): Operation => {
    if (!isObject(each)) throw invalid('invalidSyntax', 'An operation is not an object.');
    const op = memberOf(each, 'op');
    const verb = typeof op === 'string' ? op.toLowerCase() : '';
    if (verb !== 'add' && verb !== 'replace' && verb !== 'remove')
      throw invalid('invalidSyntax', 'An op must be add, replace or remove.');
    const path = memberOf(each, 'path') ?? null;
    if (path !== null && typeof path !== 'string') throw invalid('invalidPath', 'A path must be a string.');
    return {
      verb,
      path: path === null || path.trim() === '' ? null : path.trim(),
      value: memberOf(each, 'value'),
    };
  });
}

const isUrn = (path: string, urn: string): boolean => path.toLowerCase() === urn.toLowerCase();

/** The values that a filter made of equalities requires, such as `type eq "work"`; null for any other filter. */
function valuesOf(filter: Filter, attribute: Attribute): Complex | null {
  if (filter.kind === 'and') {
    const [left, right] = [valuesOf(filter.left, attribute), valuesOf(filter.right, attribute)];
    return left === null || right === null ? null : { ...left, ...right };
  }
  if (filter.kind !== 'compare' || filter.by !== 'eq' || filter.to === null) return null;
  const sub = attributeNamed(attribute.subAttributes ?? [], filter.path.attribute);
  const value = sub === undefined ? undefined : readValue(sub, filter.to);
  return sub === undefined || value === undefined ? null : { [sub.name]: value };
}

const listOf = (value: Value | undefined): readonly Value[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly Value[]) : [value];
const isSame = (one: Value, other: Value): boolean => JSON.stringify(one) === JSON.stringify(other);
/** A client identifies a value to be removed by its `value` attribute. */
const isLike = (one: Value, other: Value): boolean =>
  isObject(one) && isObject(other) && other['value'] !== undefined
    ? one['value'] === other['value']
    : isSame(one, other);

/** A complex value after a change of some of its sub-attributes; undefined if nothing is left. */
function withSub(before: Value | undefined, sub: Attribute, value: Value | undefined): Value | undefined {
  const { [sub.name]: _former, ...others } = isObject(before) ? (before as Complex) : {};
  const after = value === undefined ? others : { ...others, [sub.name]: value };
  return Object.keys(after).length === 0 ? undefined : after;
}

/** One operation on one attribute, with the attribute's value before and after. */
class AttributeChange {
  readonly #attribute: Attribute;
  readonly #path: AttributePath;
  readonly #verb: Verb;
  readonly #given: unknown;

  constructor(attribute: Attribute, path: AttributePath, { verb, value }: Operation) {
    this.#attribute = attribute;
    this.#path = path;
    this.#verb = verb;
    this.#given = value;
  }

  #value(attribute: Attribute): Value | undefined {
    return this.#verb === 'remove' ? undefined : readValue(attribute, this.#given);
  }

  apply(before: Value | undefined): Value | undefined {
    const { sub: subName } = this.#path;
    const { subAttributes = [], multiValued } = this.#attribute;
    if (subName === null) return multiValued === true ? this.#several(before) : this.#single(before);
    const sub = attributeNamed(subAttributes, subName);
    // Sub-attributes outside the schema are ignored, as attributes are.
    if (sub === undefined) return before;
    if (multiValued !== true) return withSub(before, sub, this.#value(sub));
    return this.#severalWith((value) => withSub(value, sub, this.#value(sub)), before, sub);
  }

  #single(before: Value | undefined): Value | undefined {
    if (this.#path.filter !== null)
      throw invalid('invalidPath', 'The path filters an attribute that has only one value.');
    const value = this.#value(this.#attribute);
    // Only the sub-attributes in the request change.
    return isObject(before) && isObject(value) ? { ...before, ...value } : value;
  }

  /** Changes each value that the path selects. */
  #severalWith(
    change: (value: Value) => Value | undefined,
    before: Value | undefined,
    sub: Attribute | null,
  ): Value | undefined {
    const { filter } = this.#path;
    const values = listOf(before);
    let met = 0;
    const changed = values.flatMap((value) => {
      if (filter !== null && !matchesValue(value, filter, this.#attribute)) return [value];
      met += 1;
      return change(value) ?? [];
    });
    if (met > 0)
      return withOnePrimary(changed.filter((value) => isObject(value) && value['value'] !== undefined));
    if (this.#verb === 'remove') return before;
    // Entra ID adds an address by `emails[type eq "work"].value` where none exists yet.
    const begun = filter === null ? {} : valuesOf(filter, this.#attribute);
    if (begun === null || (filter === null && sub === null))
      throw invalid('noTarget', `No value of ${this.#attribute.name} matches the path.`);
    const added = change(begun);
    return isObject(added) && added['value'] !== undefined ? withOnePrimary([...values, added]) : before;
  }

  #several(before: Value | undefined): Value | undefined {
    const values = listOf(before);
    if (this.#path.filter !== null) {
      const isRemoved = this.#verb === 'remove';
      // A path with brackets selects single values, so the operation's value is read as a single one.
      const { multiValued: _several, ...one } = this.#attribute;
      const given = isRemoved ? undefined : readValue(one, this.#given);
      const merge = (value: Value): Value | undefined =>
        isObject(value) && isObject(given) ? { ...(value as Complex), ...given } : given;
      return this.#severalWith((value) => (isRemoved ? undefined : merge(value)), before, null);
    }
    if (this.#verb === 'replace') return this.#value(this.#attribute);
    if (this.#verb === 'add') {
      const added = listOf(this.#value(this.#attribute));
      const all = [...values, ...added.filter((value) => !values.some((known) => isSame(known, value)))];
      return all.length === 0 ? undefined : readValue(this.#attribute, all);
    }
    if (this.#given === undefined || this.#given === null) return undefined;
    const gone = listOf(readValue(this.#attribute, this.#given));
    return values.filter((value) => !gone.some((each) => isLike(value, each)));
  }
}

const without = (container: Complex, name: string, value: Value | undefined): Complex => {
  const { [name]: _former, ...others } = container;
  const isEmpty =
    value === undefined ||
    (Array.isArray(value) && value.length === 0) ||
    (isObject(value) && Object.keys(value).length === 0);
  return isEmpty ? others : { ...others, [name]: value };
};

function applyAt(user: Complex, text: string, operation: Operation): Complex {
  if (isUrn(text, enterpriseUrn)) {
    if (operation.verb === 'remove') return without(user, enterpriseUrn, undefined);
    return applyObject(user, operation, `${enterpriseUrn}:`);
  }
  if (isUrn(text, userUrn)) return applyObject(user, operation, '');
  const path = parsePath(text);
  const attribute = attributeOf(path);
  if (attribute === undefined) return user;
  if (attribute.mutability === 'readOnly')
    throw invalid('mutability', `${attribute.name} cannot be changed.`);
  if (attribute.required === true && operation.verb === 'remove')
    throw invalid('mutability', `${attribute.name} is required.`);
  const change = new AttributeChange(attribute, path, operation);
  if (!path.isEnterprise) return without(user, attribute.name, change.apply(user[attribute.name]));
  const extension = user[enterpriseUrn];
  const inner = isObject(extension) ? (extension as Complex) : {};
  return without(user, enterpriseUrn, without(inner, attribute.name, change.apply(inner[attribute.name])));
}

/** An operation without a path, in which each member of its value is one operation. Entra ID writes paths as member names. */
function applyObject(user: Complex, { verb, value }: Operation, begin: string): Complex {
  if (!isObject(value))
    throw invalid('invalidValue', 'The value of an operation without a path must be an object.');
  let after = user;
  for (const [name, inner] of Object.entries(value)) {
    // Clients may repeat these read-only attributes of the resource.
    if (begin === '' && ['schemas', 'id', 'meta'].includes(name.toLowerCase())) continue;
    after = applyAt(after, `${begin}${name}`, { verb, path: name, value: inner });
  }
  return after;
}

/** The user after a PatchOp request (RFC 7644, section 3.5.2). Applies all operations or none. */
export function patchUser(user: UserResource, body: unknown): UserResource {
  let after: Complex = user;
  for (const operation of readOperations(body)) {
    if (operation.path === null && operation.verb === 'remove')
      throw invalid('noTarget', 'A remove operation must have a path.');
    after =
      operation.path === null ? applyObject(after, operation, '') : applyAt(after, operation.path, operation);
  }
  return asUser(after);
}
