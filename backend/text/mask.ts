const [few, many] = ['•••', '•••••'];

/**
 * `m•••••r@example.com`: enough to recognise an address, too little to give it away. The number of dots does not depend on the length. Names of
 * two or three characters show the first only, shorter ones nothing.
 */
export function maskEmail(email: string | null): string | null {
  if (email === null) return null;
  const at = email.lastIndexOf('@');
  if (at < 1) return few;
  const name = Array.from(email.slice(0, at));
  return `${name.length < 2 ? '' : (name[0] ?? '')}${many}${name.length < 4 ? '' : (name.at(-1) ?? '')}${email.slice(at)}`;
}

/** `+49 ••• •••• 318`: the country code, if the number has one, and the last three digits (two of a short number). */
export function maskPhone(phone: string | null): string | null {
  if (phone === null) return null;
  const digits = phone.replaceAll(/\D/gu, '');
  if (digits.length < 5) return few;
  const country = digits.length < 8 ? undefined : /^\+\d{1,3}(?=[\s(./-])/u.exec(phone.trim())?.[0];
  const end = digits.slice(digits.length < 8 ? -2 : -3);
  return `${country === undefined ? '' : `${country} `}${few} •••• ${end}`;
}
