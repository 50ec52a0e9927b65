import type { ChangedField, ProtectedAct } from '../../shared/api/protected-change-view.ts';

/** A validated call of an endpoint that declares `protected`. */
export interface ProtectedCall {
  readonly params: unknown;
  readonly body: unknown;
}

/** What a protected call would change, in words. It is compared again when the change is approved. Never contains a secret. */
export interface Description {
  /** The subject, such as the operator's name; null for settings that exist once. */
  readonly subject: string | null;
  readonly fields: readonly ChangedField[];
  /** Ids of the operators whose rights the call raises. They cannot approve it. */
  readonly raises: readonly string[];
}

/** Describes a call; null if it changes nothing that is protected, so that it takes effect at once. Throws what its handler would refuse. */
export type Describe = (call: ProtectedCall) => Promise<Description | null>;

/** One description for each protected endpoint. */
export type Acts = Readonly<Record<ProtectedAct, Describe>>;

const textOf = (value: unknown): string | null => {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** The fields whose values differ. A field that `after` omits stays as it is. */
export const changedFields = (before: object, after: object): ChangedField[] =>
  Object.entries(after).flatMap(([name, value]) => {
    const from = textOf((before as Readonly<Record<string, unknown>>)[name]);
    const to = textOf(value);
    return value === undefined || from === to ? [] : [{ name, from, to, secret: false }];
  });

/** A secret that the call sets or, with an empty text, deletes; none if it leaves the stored one. */
export const changedSecret = (
  name: string,
  given: string | undefined,
  isStored: boolean,
): readonly ChangedField[] =>
  given === undefined
    ? []
    : [{ name, from: isStored ? 'stored' : null, to: given === '' ? null : 'new', secret: true }];

/** A description of settings that exist once; null if nothing changes. */
export const ofSettings = (
  fields: readonly ChangedField[],
  subject: string | null = null,
): Description | null => (fields.length === 0 ? null : { subject, fields, raises: [] });
