import { describe, expect, it } from 'vitest';
import { managedNames } from '../../../shared/managed/managed-settings.ts';
import { joinLayers } from './managed-layer.ts';

const join = (...values: readonly Record<string, unknown>[]) =>
  joinLayers(values.map((one, index) => ({ place: `place ${index + 1}`, values: one })));

/** For each setting, values that it can have and values that it cannot have. */
const examples: Readonly<Record<(typeof managedNames)[number], { good: unknown[]; bad: unknown[] }>> = {
  ServerUrl: {
    good: ['https://reset.example.com', 'https://reset.example.com/desk', 'http://127.0.0.1:4000'],
    bad: [
      '',
      7,
      'reset.example.com',
      'http://reset.example.com',
      'ftp://reset.example.com',
      'https://ann:secret@reset.example.com',
      'https://reset.example.com/?a=1',
      'javascript:alert(1)',
      `https://${'a'.repeat(2000)}.example.com`,
    ],
  },
  ServerLocked: { good: [true, false, 1, 0], bad: ['true', 2, null] },
  SignIn: { good: ['any', 'password', 'provider'], bad: ['Password', 'none', true, null] },
  IdleLockSeconds: { good: [30, 86_400], bad: [29, 86_401, 60.5, '60', -1, true] },
  DeepLinks: { good: [true, false, 1, 0], bad: ['on', 2, null] },
  Autostart: { good: [true, false, 1, 0], bad: ['on', 2, null] },
  Tray: { good: [true, false, 1, 0], bad: ['on', 2, null] },
  UpdateMode: { good: ['off', 'notify', 'automatic'], bad: ['on', true] },
  UpdateChannel: { good: ['stable', 'beta'], bad: ['alpha', 1] },
  UpdateFeedUrl: {
    good: ['https://updates.example.com/reset-desk'],
    bad: [
      'http://updates.example.com',
      'http://127.0.0.1:4000',
      'updates.example.com',
      7,
      'https://ann:secret@updates.example.com',
      'https://updates.example.com/?token=secret',
      'https://updates.example.com/#secret',
    ],
  },
  ColorScheme: { good: ['system', 'light', 'dark'], bad: ['blue', 1] },
  SpellingLanguage: { good: ['en', 'de', 'fr'], bad: ['xx', '', 'constructor'] },
};

describe('managed values', () => {
  it.each(managedNames.flatMap((name) => examples[name].good.map((value) => [name, value] as const)))(
    'take %s = %j',
    (name, value) => {
      const { values, problems } = join({
        ...(name !== 'ServerUrl' && { ServerUrl: 'https://a.example' }),
        [name]: value,
      });
      expect(problems).toEqual([]);
      const isSwitch = typeof value === 'number' && value < 2;
      expect(values[name]).toBe(isSwitch ? value === 1 : value);
    },
  );

  it.each(managedNames.flatMap((name) => examples[name].bad.map((value) => [name, value] as const)))(
    'report %s = %j as ignored',
    (name, value) => {
      const other = name === 'SignIn' ? { ColorScheme: 'dark' } : { SignIn: 'password' };
      const { values, problems } = join({ [name]: value, ...other });
      expect(values).toEqual(other);
      expect(problems).toEqual([{ kind: 'invalid', setting: name, place: 'place 1' }]);
    },
  );

  it('are the first place’s where two name the same setting', () => {
    const both = join(
      { SignIn: 'password', ColorScheme: 'blue' },
      { SignIn: 'any', ColorScheme: 'dark', ServerLocked: false },
    );
    expect(both.values).toEqual({ SignIn: 'password', ServerLocked: false });
    expect(both.problems).toEqual([{ kind: 'invalid', setting: 'ColorScheme', place: 'place 1' }]);
    expect(both.places).toEqual(['place 1', 'place 2']);
  });

  it.each(['signIn', 'Password', '__proto__', 'constructor', 'x'.repeat(500)])(
    'name no setting %s',
    (name) => {
      const { values, problems } = join(JSON.parse(`{${JSON.stringify(name)}: true}`));
      expect(values).toEqual({});
      expect(problems).toEqual([{ kind: 'unknown', setting: name.slice(0, 60), place: 'place 1' }]);
    },
  );

  it('normalise the server’s address as a typed one', () => {
    expect(join({ ServerUrl: 'https://Reset.example.com:443/desk/' }).values.ServerUrl).toBe(
      'https://reset.example.com/desk',
    );
  });

  it.each([{}, { ServerUrl: 'nowhere' }])('say that a locked server has no address: %j', (server) => {
    const { values, problems } = join({ ServerLocked: true, ...server });
    expect(values.ServerLocked).toBe(true);
    expect(problems.at(-1)).toEqual({ kind: 'no-server', setting: 'ServerUrl', place: 'place 1' });
  });

  it('come from the other places when one cannot be used', () => {
    const state = joinLayers([
      { place: '/etc/a', problem: 'writable' },
      { place: '/etc/b', values: { SignIn: 'provider' } },
    ]);
    expect(state).toEqual({
      values: { SignIn: 'provider' },
      places: ['/etc/b'],
      problems: [{ kind: 'writable', setting: null, place: '/etc/a' }],
    });
  });
});
