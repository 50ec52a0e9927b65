/** How mails call the parts of contact data. */
export const contactWords = {
  email: 'the email address',
  phone: 'the phone number',
} as const;

/** Contact data of an account that became other. */
export interface ContactChange {
  readonly accountId: string;
  /** Such as "the phone number". */
  readonly what: string;
  /** The address before, which is told as well. */
  readonly former?: string | null;
}
