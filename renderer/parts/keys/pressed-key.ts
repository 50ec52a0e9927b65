/** The fields that the key events of the browser and of React have in common. */
interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly keyCode: number;
  readonly shiftKey: boolean;
  readonly isComposing?: boolean;
  readonly nativeEvent?: { readonly isComposing: boolean };
}

const latinLetter = /^[A-Za-z]$/u;
const otherLetter = /^\p{L}$/u;
/** The code with which browsers report a key that an input method has taken. */
const takenByInputMethod = 229;

/**
 * The key of a shortcut: a lower-case letter, a digit, or the name of a key such as `Enter`. Empty while an input method composes text, whose Enter, arrow
 * keys and Escape are its own. On a layout without Latin letters the letter is the one that the key has on a Latin keyboard, and in the row of
 * digits the digit is read without Shift, as on a French keyboard.
 */
export function pressedKey(event: KeyPress): string {
  const isComposing = event.isComposing ?? event.nativeEvent?.isComposing ?? false;
  if (isComposing || event.keyCode === takenByInputMethod) return '';
  const { key, code, shiftKey } = event;
  if (latinLetter.test(key)) return key.toLowerCase();
  const [, letter] = /^Key([A-Z])$/u.exec(code) ?? [];
  if (letter !== undefined && otherLetter.test(key)) return letter.toLowerCase();
  const [, digit] = /^(?:Digit|Numpad)(\d)$/u.exec(code) ?? [];
  return digit !== undefined && key.length === 1 && !shiftKey ? digit : key;
}
