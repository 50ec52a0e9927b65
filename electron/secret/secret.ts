import { inspect } from 'node:util';

const redacted = '[redacted]';

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

  toString(): string {
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }

  [inspect.custom](): string {
    return redacted;
  }
}
