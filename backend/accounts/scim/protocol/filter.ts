import { invalid } from './scim-error.ts';
import { enterpriseUrn, userUrn } from './user-schema.ts';

const comparisons = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;
export type Comparison = (typeof comparisons)[number];

/** The path of an attribute, such as `urn:…:User:name.familyName` or `emails[type eq "work"].value`. Names keep the client's spelling. */
export interface AttributePath {
  /** Whether the attribute is one of the enterprise extension. */
  readonly isEnterprise: boolean;
  readonly attribute: string;
  /** Selects values of a multi-valued attribute; null for all of them. */
  readonly filter: Filter | null;
  readonly sub: string | null;
}

/** The syntax tree of a filter (RFC 7644, section 3.4.2.2). */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'not'; readonly inner: Filter }
  | { readonly kind: 'present'; readonly path: AttributePath }
  | {
      readonly kind: 'compare';
      readonly path: AttributePath;
      readonly by: Comparison;
      readonly to: string | number | boolean | null;
    };

/** The maximum number of characters in a filter, and the maximum depth of its brackets. */
const [maxLength, maxDepth] = [8000, 40] as const;

const token =
  /\s*(?:("(?:[^"\\]|\\.)*")|([()[\]])|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.-]))|([A-Za-z$_][\w$:.-]*)|(\.[A-Za-z$_][\w$-]*)|(\S))/suy;

type Token =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'sign' | 'word' | 'sub'; readonly value: string };

function tokensOf(text: string, fail: (why: string) => Error): Token[] {
  if (text.length > maxLength) throw fail('is too long');
  const tokens: Token[] = [];
  token.lastIndex = 0;
  const end = text.trimEnd().length;
  while (token.lastIndex < end) {
    const [, string, sign, number, word, sub] = token.exec(text) ?? [];
    if (string !== undefined) {
      try {
        tokens.push({ kind: 'string', value: JSON.parse(string) as string });
      } catch {
        throw fail('has a text that is not valid JSON');
      }
    } else if (sign !== undefined) tokens.push({ kind: 'sign', value: sign });
    else if (number !== undefined) tokens.push({ kind: 'number', value: Number(number) });
    else if (word !== undefined) tokens.push({ kind: 'word', value: word });
    else if (sub !== undefined) tokens.push({ kind: 'sub', value: sub.slice(1) });
    else throw fail('has an invalid character');
  }
  return tokens;
}

/** Removes the URN of a schema from the start of a word, as in `…:2.0:User:userName`. */
function withoutUrn(word: string): { readonly isEnterprise: boolean; readonly name: string } {
  for (const urn of [enterpriseUrn, userUrn]) {
    const begin = word.slice(0, urn.length + 1).toLowerCase();
    if (begin === `${urn.toLowerCase()}:`)
      return { isEnterprise: urn === enterpriseUrn, name: word.slice(urn.length + 1) };
  }
  return { isEnterprise: false, name: word };
}

/** A recursive descent parser: `not` binds stronger than `and`, and `and` stronger than `or`. */
class Parser {
  readonly #tokens: readonly Token[];
  readonly #fail: (why: string) => Error;
  #at = 0;
  #depth = 0;

  constructor(text: string, fail: (why: string) => Error) {
    this.#fail = fail;
    this.#tokens = tokensOf(text, fail);
  }

  #is(kind: Token['kind'], value: string): boolean {
    const next = this.#tokens[this.#at];
    return next?.kind === kind && String(next.value).toLowerCase() === value;
  }

  #take(kind: Token['kind'], value: string): boolean {
    const found = this.#is(kind, value);
    if (found) this.#at += 1;
    return found;
  }

  #expect(sign: string): void {
    if (!this.#take('sign', sign)) throw this.#fail(`lacks a ${sign}`);
  }

  /** Throws if any text is left. */
  end(): void {
    if (this.#at < this.#tokens.length) throw this.#fail('continues after its end');
  }

  filter(): Filter {
    this.#depth += 1;
    if (this.#depth > maxDepth) throw this.#fail('has too many brackets');
    let left = this.#conjunction();
    while (this.#take('word', 'or')) left = { kind: 'or', left, right: this.#conjunction() };
    this.#depth -= 1;
    return left;
  }

  #conjunction(): Filter {
    let left = this.#term();
    while (this.#take('word', 'and')) left = { kind: 'and', left, right: this.#term() };
    return left;
  }

  #term(): Filter {
    const next = this.#tokens[this.#at + 1];
    const isNot = this.#is('word', 'not') && next?.kind === 'sign' && next.value === '(';
    if (isNot) this.#at += 1;
    if (this.#take('sign', '(')) {
      const inner = this.filter();
      this.#expect(')');
      return isNot ? { kind: 'not', inner } : inner;
    }
    const path = this.path();
    if (this.#take('word', 'pr')) return { kind: 'present', path };
    const word = this.#tokens[this.#at];
    const by = comparisons.find((each) => word?.kind === 'word' && word.value.toLowerCase() === each);
    // `emails[type eq "work"]` alone asks whether such a value exists.
    if (by === undefined) {
      if (path.filter !== null && path.sub === null) return { kind: 'present', path };
      throw this.#fail('lacks an operator');
    }
    this.#at += 1;
    return { kind: 'compare', path, by, to: this.#value() };
  }

  #value(): string | number | boolean | null {
    const next = this.#tokens[this.#at];
    this.#at += 1;
    if (next?.kind === 'string' || next?.kind === 'number') return next.value;
    const word = next?.kind === 'word' ? next.value.toLowerCase() : '';
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (word === 'null') return null;
    throw this.#fail('lacks a value in quotation marks');
  }

  path(): AttributePath {
    const next = this.#tokens[this.#at];
    if (next?.kind !== 'word') throw this.#fail('lacks an attribute');
    this.#at += 1;
    const { isEnterprise, name } = withoutUrn(next.value);
    // An attribute of another extension, which is ignored as any other that the schema lacks. Its URN has dots of its own.
    const isForeign = /^urn:/i.test(name);
    const [attribute = '', sub = null, ...more] = isForeign ? [name] : name.split('.');
    if (attribute === '' || sub === '' || more.length > 0 || (name.includes(':') && !isForeign))
      throw this.#fail('has an attribute that cannot be read');
    if (!this.#take('sign', '[')) return { isEnterprise, attribute, filter: null, sub };
    const filter = this.filter();
    this.#expect(']');
    const after = this.#tokens[this.#at];
    if (after?.kind !== 'sub') return { isEnterprise, attribute, filter, sub };
    this.#at += 1;
    return { isEnterprise, attribute, filter, sub: after.value };
  }
}

/** Parses a filter. Throws `invalidFilter`. */
export function parseFilter(text: string): Filter {
  const parser = new Parser(text, (why) => invalid('invalidFilter', `The filter ${why}.`));
  const filter = parser.filter();
  parser.end();
  return filter;
}

/** Parses the path of a change. Throws `invalidPath`. */
export function parsePath(text: string): AttributePath {
  const parser = new Parser(text, (why) => invalid('invalidPath', `The path ${why}.`));
  const path = parser.path();
  parser.end();
  return path;
}
