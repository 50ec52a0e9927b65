import { fireEvent, render } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { useScreenKeys } from '../../parts/keys/screen-keys.ts';
import { shellTexts } from '../../texts/en/shell.ts';
import type { RailEntry } from './use-rail-entries.ts';
import { railLetters, useRailKeys } from './use-rail-keys.ts';

const entries = Object.keys(railLetters) as RailEntry[];

function show(offered: readonly RailEntry[] = entries) {
  const [onGo, onScreenKey] = [
    vi.fn<(entry: RailEntry) => void>(),
    vi.fn<(key: string) => boolean>(() => false),
  ];
  function Shell() {
    useScreenKeys(onScreenKey);
    useRailKeys(offered, onGo);
    return <input data-testid="field" />;
  }
  return { ...render(<Shell />), onGo, onScreenKey };
}
const press = (key: string, target: Element = document.body, more: object = {}) =>
  fireEvent.keyDown(target, { key, code: `Key${key.toUpperCase()}`, ...more });

describe('the keys of the screens', () => {
  it.each(entries)('go by G and its letter to %s', (entry) => {
    const { onGo } = show();
    press('g');
    press(railLetters[entry].toLowerCase());
    expect(onGo.mock.calls).toEqual([[entry]]);
  });

  it('differ from each other and are all in the list of keys', () => {
    const letters = Object.values(railLetters);
    expect(new Set(letters).size).toBe(letters.length);
    for (const letter of letters)
      expect(shellTexts.keyList['G, then a letter']).toMatch(new RegExp(`[ ,]${letter} `));
  });

  it('keep the letter from the open screen, which may copy a password by it', () => {
    const { onScreenKey } = show();
    press('g');
    press('c');
    expect(onScreenKey).not.toHaveBeenCalledWith('c');
    press('c');
    expect(onScreenKey).toHaveBeenCalledWith('c');
  });

  it('are those of a layout without Latin letters as well', () => {
    const { onGo } = show();
    press('п', document.body, { code: 'KeyG' });
    press('ы', document.body, { code: 'KeyS' });
    expect(onGo.mock.calls).toEqual([['settings']]);
  });

  it.each<[string, (field: Element) => void]>([
    ['in a text field', (field) => (press('g', field), press('s', field))],
    ['with Ctrl', () => (press('g', document.body, { ctrlKey: true }), press('s'))],
    ['after another key', () => (press('g'), press('x'), press('s'))],
    ['for a screen that the operator does not have', () => (press('g'), press('q'))],
  ])('do nothing %s', (_where, type) => {
    const { onGo, getByTestId } = show(['desk', 'settings']);
    type(getByTestId('field'));
    expect(onGo).not.toHaveBeenCalled();
  });
});
