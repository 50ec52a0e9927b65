import type { AttributePath, Comparison, Filter } from './filter.ts';
import { isObject, type Value } from './resource.ts';
import { invalid } from './scim-error.ts';
import {
  attributeNamed,
  commonAttributes,
  enterpriseAttributes,
  enterpriseUrn,
  userAttributes,
  type Attribute,
} from './user-schema.ts';

type Given = Readonly<Record<string, unknown>>;

/** The attribute that a path names, with the attributes of its container; undefined if the schema lacks it. */
export function attributeOf({ isEnterprise, attribute }: AttributePath): Attribute | undefined {
  return attributeNamed(
    isEnterprise ? enterpriseAttributes : [...userAttributes, ...commonAttributes],
    attribute,
  );
}

const listOf = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

interface Found {
  readonly values: readonly unknown[];
  readonly attribute: Attribute | undefined;
}

/** The values at a path. A path to a complex attribute without a sub-attribute means its `value`. */
function valuesAt(resource: Given, path: AttributePath, within: readonly Attribute[] | null): Found {
  const attribute = within === null ? attributeOf(path) : attributeNamed(within, path.attribute);
  if (attribute === undefined) return { values: [], attribute };
  const container = path.isEnterprise && within === null ? resource[enterpriseUrn] : resource;
  let values = listOf(isObject(container) ? container[attribute.name] : undefined);
  const { filter, sub } = path;
  const subs = attribute.subAttributes ?? [];
  if (filter !== null)
    values = values.filter((value) => isObject(value) && matchesWithin(value, filter, subs));
  if (attribute.type !== 'complex') return { values, attribute };
  const inner = attributeNamed(subs, sub ?? 'value');
  if (sub === null && inner === undefined) return { values, attribute };
  if (inner === undefined) return { values: [], attribute: undefined };
  return {
    values: values.flatMap((value) => (isObject(value) ? listOf(value[inner.name]) : [])),
    attribute: inner,
  };
}

const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** Whether a value has the given relation to the filter's comparison value. */
function compares(
  value: unknown,
  by: Comparison,
  to: string | number | boolean,
  attribute: Attribute,
): boolean {
  if (attribute.type === 'boolean') {
    if (by !== 'eq') throw invalid('invalidFilter', `${attribute.name} can only be compared with eq and ne.`);
    return value === (typeof to === 'string' ? to.toLowerCase() === 'true' : to);
  }
  const isInstant = attribute.type === 'dateTime';
  const fold = (text: string) => (attribute.caseExact === true ? text : text.toLowerCase());
  const [one, other] = [fold(String(value)), fold(String(to))];
  const difference = isInstant ? Date.parse(String(value)) - Date.parse(String(to)) : order(one, other);
  switch (by) {
    case 'eq':
    case 'ne':
      return difference === 0;
    case 'co':
      return one.includes(other);
    case 'sw':
      return one.startsWith(other);
    case 'ew':
      return one.endsWith(other);
    case 'gt':
      return difference > 0;
    case 'ge':
      return difference >= 0;
    case 'lt':
      return difference < 0;
    case 'le':
      return difference <= 0;
  }
}

function matchesWithin(resource: Given, filter: Filter, within: readonly Attribute[] | null): boolean {
  switch (filter.kind) {
    case 'and':
      return matchesWithin(resource, filter.left, within) && matchesWithin(resource, filter.right, within);
    case 'or':
      return matchesWithin(resource, filter.left, within) || matchesWithin(resource, filter.right, within);
    case 'not':
      return !matchesWithin(resource, filter.inner, within);
    case 'present':
      return valuesAt(resource, filter.path, within).values.length > 0;
    case 'compare': {
      const { path, by, to } = filter;
      const { values, attribute } = valuesAt(resource, path, within);
      // A comparison with null asks whether a value exists.
      if (to === null) return (by === 'eq') === (values.length === 0);
      if (attribute === undefined) return by === 'ne';
      const some = values.some((value) => compares(value, by === 'ne' ? 'eq' : by, to, attribute));
      return by === 'ne' ? !some : some;
    }
  }
}

/** Whether a resource, in the form in which it is answered, matches a filter. Attributes outside the schema have no value. */
export const matches = (resource: Given, filter: Filter): boolean => matchesWithin(resource, filter, null);

/** Whether a value of a multi-valued attribute matches the filter in brackets. */
export const matchesValue = (value: Value, filter: Filter, attribute: Attribute): boolean =>
  isObject(value) && matchesWithin(value, filter, attribute.subAttributes ?? []);
