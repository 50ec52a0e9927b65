const redacted = '[redacted]';
/** Node's own symbol for `util.inspect` and the console, which this part may not import. */
const inspect = Symbol.for('nodejs.util.inspect.custom');

/** A value that prints as `[redacted]` wherever it is logged, joined into text or serialised. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself: called where it leaves for its purpose, nowhere else. */
  expose(): string {
    return this.#value;
  }

  /** The secret that `change` makes of the value, such as the link that carries a token. */
  map(change: (value: string) => string): Secret {
    return new Secret(change(this.#value));
  }

  toString(): string {
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }

  [inspect](): string {
    return redacted;
  }
}

/** The values of several secrets, such as the codes of an answer. */
export const exposeAll = (secrets: readonly Secret[]): string[] => secrets.map((secret) => secret.expose());
