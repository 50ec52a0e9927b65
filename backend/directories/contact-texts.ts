/** The names of contact data in mails. */
export const contactParts = {
  email: 'the email address',
  phone: 'the phone number',
} as const;

/** A change of an account's contact data, for the mail to its owner. */
export interface ContactChange {
  readonly accountId: string;
  /** Such as "the phone number". */
  readonly what: string;
  /** The address before the change, which is notified as well. */
  readonly former?: string | null;
}
