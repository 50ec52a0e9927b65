/** The error keywords of RFC 7644, section 3.12. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers';

/** An error answer to a SCIM client. `detail` never repeats a value of the request. */
export class ScimError extends Error {
  readonly status: number;
  readonly scimType: ScimType | null;
  /** Seconds after which the client may try again. */
  readonly retryAfter: number | null;

  constructor(
    status: number,
    detail: string,
    { scimType = null, retryAfter = null }: { scimType?: ScimType | null; retryAfter?: number | null } = {},
  ) {
    super(detail);
    this.name = 'ScimError';
    this.status = status;
    this.scimType = scimType;
    this.retryAfter = retryAfter;
  }
}

export const invalid = (scimType: ScimType, detail: string): ScimError =>
  new ScimError(400, detail, { scimType });

/** The body of an error (RFC 7644, section 3.12). */
export const errorBody = ({ status, message, scimType }: ScimError) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
  status: String(status),
  ...(scimType !== null && { scimType }),
  detail: message,
});
