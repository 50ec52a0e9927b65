import { describe, expect, it } from 'vitest';
import type { ManagedValues } from '../../../shared/managed/managed-settings.ts';
import { unmanaged } from '../../../shared/managed/unmanaged.ts';
import { newSettings, type Settings } from '../settings-file/settings.ts';
import { withManagedSettings } from './managed-settings-file.ts';

const desk = 'https://desk.example.com';
const other = 'https://other.example.com';

function manage(values: ManagedValues, stored: Partial<Settings> = {}) {
  let own: Settings = { ...newSettings(), ...stored };
  const file = withManagedSettings(
    {
      read: () => own,
      update: (change) => {
        own = change(own);
      },
      flush: async () => undefined,
    },
    { ...unmanaged, values },
  );
  return { file, own: () => own };
}

describe('the server of the settings', () => {
  it('is the preset one at the first start', () => {
    expect(manage({ ServerUrl: desk }).own().current).toEqual({ kind: 'server', address: desk });
  });

  it.each<Settings['current']>([{ kind: 'server', address: other }, { kind: 'this-computer' }])(
    'is %j before it is managed and the managed one where it is locked',
    (current) => {
      expect(manage({ ServerUrl: desk }, { current }).own().current).toEqual(current);
      const locked = manage(
        { ServerUrl: desk, ServerLocked: true },
        { current, locked: true, tokenKept: true },
      );
      expect(locked.own()).toMatchObject({
        current: { kind: 'server', address: desk },
        locked: false,
        tokenKept: null,
      });
    },
  );

  it.each<Settings['current']>([{ kind: 'server', address: other }, { kind: 'this-computer' }])(
    'is none instead of %j where it is locked without a valid address',
    (current) => {
      expect(manage({ ServerLocked: true }, { current }).own().current).toBeNull();
      expect(manage({ ServerLocked: false }, { current }).own().current).toEqual(current);
    },
  );

  it('keeps its lock and token where it is the managed one already', () => {
    const stored = { current: { kind: 'server', address: desk }, locked: true, tokenKept: true } as const;
    expect(manage({ ServerUrl: desk, ServerLocked: true }, stored).own()).toMatchObject(stored);
  });
});

describe('managed colours and spelling', () => {
  it('override the operator’s own without changing the file', () => {
    const { file, own } = manage(
      { ColorScheme: 'dark', SpellingLanguage: 'fr' },
      { scheme: 'light', spelling: 'de' },
    );
    expect(file.read()).toMatchObject({ scheme: 'dark', spelling: 'fr' });
    file.update((before) => ({ ...before, graphicsFailedIn: '1.0.0' }));
    expect(file.read()).toMatchObject({ scheme: 'dark', spelling: 'fr', graphicsFailedIn: '1.0.0' });
    expect(own()).toMatchObject({ scheme: 'light', spelling: 'de', graphicsFailedIn: '1.0.0' });
  });

  it('each leave the other to the operator', () => {
    expect(manage({ ColorScheme: 'dark' }, { spelling: 'de' }).file.read()).toMatchObject({
      scheme: 'dark',
      spelling: 'de',
    });
  });
});
