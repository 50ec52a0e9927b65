import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pressedKey } from './pressed-key.ts';

const press = (key: string, code: string, more: Partial<KeyboardEvent> = {}) =>
  pressedKey({ key, code, keyCode: 0, shiftKey: false, isComposing: false, ...more });

describe('the key of a shortcut', () => {
  it.each([
    ['English', 'r', 'KeyR', 'r'],
    ['English, Caps Lock', 'R', 'KeyR', 'r'],
    ['German', 'z', 'KeyY', 'z'],
    ['French', 'a', 'KeyQ', 'a'],
    ['Dvorak', 'r', 'KeyO', 'r'],
    ['Russian', 'к', 'KeyR', 'r'],
    ['Ukrainian', 'л', 'KeyK', 'k'],
    ['Greek', 'σ', 'KeyS', 's'],
    ['Hebrew', 'ב', 'KeyC', 'c'],
    ['Arabic', 'ح', 'KeyP', 'p'],
    ['Korean', 'ㅕ', 'KeyU', 'u'],
    ['Thai', 'พ', 'KeyR', 'r'],
    ['Georgian', 'კ', 'KeyK', 'k'],
  ])('is the Latin letter of the key on a layout in %s', (_layout, key, code, expected) => {
    expect(press(key, code)).toBe(expected);
  });

  it.each([
    ['English', '3', 'Digit3', '3'],
    ['French', '"', 'Digit3', '3'],
    ['French', 'é', 'Digit2', '2'],
    ['Czech', 'š', 'Digit3', '3'],
    ['Arabic', '٣', 'Digit3', '3'],
    ['number pad', '3', 'Numpad3', '3'],
  ])('is the digit of the key on a layout in %s', (_layout, key, code, expected) => {
    expect(press(key, code)).toBe(expected);
  });

  it('is the character where Shift makes it one', () => {
    expect(press('?', 'Slash', { shiftKey: true })).toBe('?');
    expect(press('!', 'Digit1', { shiftKey: true })).toBe('!');
    expect(press('2', 'Digit2', { shiftKey: true })).toBe('2');
  });

  it('stays the name of a key that writes nothing', () => {
    for (const name of ['Enter', 'Escape', 'ArrowDown', 'Home', ' ']) expect(press(name, name)).toBe(name);
    expect(press('End', 'Numpad1')).toBe('End');
  });

  it.each(['Enter', 'Escape', 'ArrowDown', 'r', 'Process'])(
    'is none while an input method composes: %s',
    (key) => {
      expect(press(key, key, { isComposing: true })).toBe('');
      expect(press(key, key, { keyCode: 229 })).toBe('');
      expect(
        pressedKey({ key, code: key, keyCode: 13, shiftKey: false, nativeEvent: { isComposing: true } }),
      ).toBe('');
    },
  );
});

it('every part of the renderer reads keys here', () => {
  const root = join(import.meta.dirname, '..', '..');
  const readers = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      /\.tsx?$/u.test(file) &&
      !/\.test\.tsx?$/u.test(file) &&
      !file.endsWith('pressed-key.ts') &&
      /\bevent\.(?:key|code|keyCode)\b|\(\{ key(?:, target)? \}\) =>/u.test(
        readFileSync(join(root, file), 'utf8'),
      ),
  );
  expect(readers).toEqual([]);
});
