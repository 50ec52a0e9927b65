import { describe, expect, it } from 'vitest';
import type { ManagedValues } from '../../../shared/managed/managed-settings.ts';
import { unmanaged } from '../../../shared/managed/unmanaged.ts';
import { newSettings } from '../../services/settings-file/settings.ts';
import { createStartup, startupOf } from './startup.ts';

function startupWith(values: ManagedValues, own = { autostart: false, tray: false }) {
  let stored = { ...newSettings(), startup: own };
  const done: string[] = [];
  const settings = {
    read: () => stored,
    update: (change: (before: typeof stored) => typeof stored) => {
      stored = change(stored);
    },
    flush: async () => undefined,
  };
  const managed = { ...unmanaged, values };
  const startup = createStartup({
    settings,
    managed,
    setAutostart: (isOn) => void done.push(`autostart ${isOn}`),
    setTray: (isShown) => void done.push(`tray ${isShown}`),
  });
  return { ...startup, done, now: () => startupOf(stored, managed), own: () => stored.startup };
}

describe('the start with the system and the icon in the tray', () => {
  it('are what the operator chose', () => {
    const { apply, choose, done, now } = startupWith({});
    apply();
    expect(done).toEqual([]);
    choose({ autostart: true, tray: true });
    expect(now()).toEqual({ autostart: true, tray: true });
    choose({ autostart: true, tray: false });
    expect(done).toEqual(['autostart true', 'tray true', 'tray false']);
    done.length = 0;
    apply();
    expect(done).toEqual(['autostart true']);
  });

  it.each<[ManagedValues, { autostart: boolean; tray: boolean }]>([
    [{ Autostart: true }, { autostart: true, tray: false }],
    [{ Autostart: false }, { autostart: false, tray: true }],
    [{ Tray: true }, { autostart: false, tray: true }],
    [{ Tray: false }, { autostart: true, tray: false }],
  ])('are the organisation’s where %j is managed without loss of the operator’s own', (values, effective) => {
    const own = {
      autostart: values.Autostart === false || values.Tray === false,
      tray: values.Autostart === false,
    };
    const { apply, choose, done, now, own: kept } = startupWith(values, own);
    expect(now()).toEqual(effective);
    apply();
    const isManaged = values.Autostart !== undefined || effective.autostart;
    expect(done).toEqual([
      ...(isManaged ? [`autostart ${effective.autostart}`] : []),
      ...(effective.tray ? ['tray true'] : []),
    ]);
    const change =
      values.Autostart === undefined ? { tray: !effective.tray } : { autostart: !effective.autostart };
    expect(() => choose({ ...effective, ...change })).toThrow('console.managed');
    expect(kept()).toEqual(own);
  });
});
