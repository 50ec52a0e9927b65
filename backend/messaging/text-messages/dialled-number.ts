/** A number on file that is not a phone number. */
export class UnknownNumberError extends Error {
  constructor(country: string) {
    super(
      `The number on file is not a phone number (read as one of ${country}). Correct it in the directory.`,
    );
    this.name = 'UnknownNumberError';
  }
}

/** Loaded with the first text, to keep the start of the backend fast. */
const library = () => import('libphonenumber-js/min');

/** Whether numbers of a country (ISO 3166) can be completed. */
export const isKnownCountry = async (country: string): Promise<boolean> =>
  (await library()).isSupportedCountry(country);

/**
 * The number in the form that gateways accept: digits, with a leading plus if there is one. With a country, a number without a country code becomes
 * an international one (`0151 234…` and `DE`: `+49151234…`); throws {@link UnknownNumberError} for a text that is not a number.
 */
export async function dialledNumber(phone: string, country: string): Promise<string> {
  const plain = phone.normalize('NFKC');
  if (country === '') return plain.replaceAll(/(?!^\+)\D/gu, '');
  const { parsePhoneNumberFromString, isSupportedCountry } = await library();
  const parsed = isSupportedCountry(country) ? parsePhoneNumberFromString(plain, country) : undefined;
  if (parsed?.isPossible() !== true) throw new UnknownNumberError(country);
  return parsed.number;
}
