import { parsePath, type AttributePath } from './filter.ts';
import { isObject } from './resource.ts';
import { attributeOf } from './match.ts';
import { ScimError } from './scim-error.ts';
import { enterpriseUrn } from './user-schema.ts';

type Given = Readonly<Record<string, unknown>>;

/** The attributes that a client asks for, as lists of paths. */
export interface Wanted {
  readonly attributes: string | null;
  readonly excludedAttributes: string | null;
}

/** Attributes that every answer contains (RFC 7643, section 7). */
const always = new Set(['schemas', 'id']);

/** A path, `extension` for the whole enterprise extension, or null for an attribute outside the schema. */
function readPath(text: string): AttributePath | 'extension' | null {
  if (text.toLowerCase() === enterpriseUrn.toLowerCase()) return 'extension';
  try {
    const path = parsePath(text);
    const attribute = attributeOf(path);
    if (attribute === undefined) return null;
    const sub = attribute.subAttributes?.find(({ name }) => name.toLowerCase() === path.sub?.toLowerCase());
    return { ...path, attribute: attribute.name, sub: path.sub === null ? null : (sub?.name ?? path.sub) };
  } catch (thrown) {
    if (thrown instanceof ScimError) return null;
    throw thrown;
  }
}

const pathsOf = (list: string | null) =>
  (list ?? '')
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .flatMap((text) => readPath(text) ?? []);

const each = (value: unknown, change: (inner: Given) => Given): unknown =>
  Array.isArray(value)
    ? value.map((inner) => (isObject(inner) ? change(inner) : inner))
    : isObject(value)
      ? change(value)
      : value;

const only = (name: string) => (inner: Given) =>
  Object.fromEntries(Object.entries(inner).filter(([key]) => key === name));
const without = (name: string) => (inner: Given) =>
  Object.fromEntries(Object.entries(inner).filter(([key]) => key !== name));

/** The parts of a container that the paths select. */
function selected(container: Given, paths: readonly AttributePath[]): Given {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(container)) {
    const named = paths.filter(({ attribute }) => attribute === name);
    if (named.length === 0) continue;
    const subs = named.flatMap(({ sub }) => sub ?? []);
    kept[name] =
      subs.length < named.length
        ? value
        : each(value, (inner) => Object.assign({}, ...subs.map((sub) => only(sub)(inner))) as Given);
  }
  return kept;
}

function dropped(container: Given, paths: readonly AttributePath[]): Given {
  const kept: Record<string, unknown> = { ...container };
  for (const { attribute, sub } of paths) {
    if (always.has(attribute) || kept[attribute] === undefined) continue;
    if (sub === null) delete kept[attribute];
    else kept[attribute] = each(kept[attribute], without(sub));
  }
  return kept;
}

/** The resource reduced to the attributes that the client asks for. `attributes` takes precedence over `excludedAttributes`. */
export function project(resource: Given, { attributes, excludedAttributes }: Wanted): Given {
  const isChosen = attributes !== null && attributes.trim() !== '';
  const paths = pathsOf(isChosen ? attributes : excludedAttributes);
  const hasExtension = paths.includes('extension');
  const named = paths.filter((path) => path !== 'extension');
  const [core, enterprise] = [
    named.filter(({ isEnterprise }) => !isEnterprise),
    named.filter(({ isEnterprise }) => isEnterprise),
  ];
  const { [enterpriseUrn]: extension, ...own } = resource;
  const inner = isObject(extension) ? extension : {};
  if (!isChosen) {
    const rest = hasExtension ? {} : dropped(inner, enterprise);
    return { ...dropped(own, core), ...(Object.keys(rest).length > 0 && { [enterpriseUrn]: rest }) };
  }
  const chosen = hasExtension ? inner : selected(inner, enterprise);
  return {
    ...Object.fromEntries(Object.entries(own).filter(([name]) => always.has(name))),
    ...selected(own, core),
    ...(Object.keys(chosen).length > 0 && { [enterpriseUrn]: chosen }),
  };
}
