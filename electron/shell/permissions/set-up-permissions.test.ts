import { EventEmitter } from 'node:events';
import type { Session } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { setUpPermissions } from './set-up-permissions.ts';

type Handler = (...given: never[]) => unknown;

/** A session that keeps the handlers that it is given. */
function sessionDouble() {
  const handlers: Record<string, Handler> = {};
  const keep = (name: string) => (handler: Handler) => {
    handlers[name] = handler;
  };
  const spellChecker = vi.fn<(enabled: boolean) => void>();
  const session = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: keep('request'),
    setPermissionCheckHandler: keep('check'),
    setDevicePermissionHandler: keep('device'),
    setBluetoothPairingHandler: keep('bluetooth'),
    setSpellCheckerEnabled: spellChecker,
  });
  setUpPermissions(session as unknown as Session);
  return {
    session,
    spellChecker,
    call: (name: string, ...given: unknown[]) => handlers[name]?.(...(given as never[])),
  };
}

const permissions = [
  'clipboard-read',
  'clipboard-sanitized-write',
  'display-capture',
  'fullscreen',
  'geolocation',
  'hid',
  'idle-detection',
  'media',
  'mediaKeySystem',
  'midi',
  'midiSysex',
  'notifications',
  'openExternal',
  'pointerLock',
  'serial',
  'storage-access',
  'usb',
  'window-management',
  'unknown',
];

describe('a page of the console', () => {
  it.each(permissions)('is given no permission: %s', (permission) => {
    const { call } = sessionDouble();
    const answer = vi.fn<(isGranted: boolean) => void>();
    call('request', {}, permission, answer);
    expect(answer.mock.calls).toEqual([[false]]);
    expect(call('check', {}, permission, 'app://reset-desk')).toBe(false);
  });

  it('is given no device', () => {
    const { call } = sessionDouble();
    expect(call('device', { deviceType: 'hid', origin: 'app://reset-desk' })).toBe(false);
    const answer = vi.fn<(response: object) => void>();
    call('bluetooth', { pairingKind: 'confirm' }, answer);
    expect(answer.mock.calls).toEqual([[{ confirmed: false }]]);
  });

  it('downloads nothing', () => {
    const { session, spellChecker } = sessionDouble();
    const preventDefault = vi.fn<() => void>();
    session.emit('will-download', { preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
    expect(spellChecker.mock.calls).toEqual([[false]]);
  });
});
