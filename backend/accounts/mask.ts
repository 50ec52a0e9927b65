const dots = '•••';
const firstCharacter = (text: string): string => [...text][0] ?? '';

/** `m•••@e•••.com`: enough to ask "is it the one at …?", too little to read out. */
export function maskEmail(email: string | null): string | null {
  if (email === null) return null;
  const at = email.lastIndexOf('@');
  if (at < 1) return dots;
  const domain = email.slice(at + 1);
  const dot = domain.lastIndexOf('.');
  const ending = dot > 0 ? domain.slice(dot) : '';
  return `${firstCharacter(email)}${dots}@${firstCharacter(domain)}${dots}${ending}`;
}

/** The last three digits (two of a short number), all before hidden. */
export function maskPhone(phone: string | null): string | null {
  if (phone === null) return null;
  const digits = phone.replaceAll(/\D/gu, '');
  if (digits.length < 5) return dots;
  return `${dots} ${digits.slice(digits.length < 8 ? -2 : -3)}`;
}
