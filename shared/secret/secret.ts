const redacted = '[redacted]';
/** Node's own symbol for `util.inspect` and the console, which this part may not import. */
const inspect = Symbol.for('nodejs.util.inspect.custom');

/**
 * A value that prints as `[redacted]` wherever it is logged, joined into text or serialised. It is held in memory that can be overwritten, which a string
 * cannot be; the strings that it was made of and that `expose` makes live until the garbage collector runs.
 */
export class Secret {
  readonly #units: Uint16Array;
  #isWiped = false;

  constructor(value: string) {
    this.#units = Uint16Array.from({ length: value.length }, (_none, at) => value.charCodeAt(at));
  }

  /** Returns the value, or an empty text after `wipe`. Call it only where the value leaves for its purpose. */
  expose(): string {
    return this.#isWiped ? '' : String.fromCharCode(...this.#units);
  }

  /** Overwrites the value. */
  wipe(): void {
    this.#units.fill(0);
    this.#isWiped = true;
  }

  /** The secret that `change` makes of the value, such as the link that carries a token. */
  map(change: (value: string) => string): Secret {
    return new Secret(change(this.expose()));
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
