import { describe, expect, it } from 'vitest';
import type { AboutView } from '../../../shared/api/about.ts';
import type { ResetApi } from '../../services/reset-api/reset-api.ts';
import type { Session } from '../session/session.ts';
import type { ManagedState } from '../../../shared/managed/managed-settings.ts';
import { unmanaged } from '../../../shared/managed/unmanaged.ts';
import { newSettings, type Settings } from '../../services/settings-file/settings.ts';
import { createServerSelection, type ServerSelection } from './server-selection.ts';

const about: AboutView = {
  product: 'Reset Desk',
  version: '1.0.0',
  api: 1,
  mode: 'embedded',
  setup: 'ready',
  publicUrl: 'http://127.0.0.1:4000',
  provider: 'Staff directory',
  time: '2026-03-01T08:00:00.000Z',
};

/** A server selection with these settings; every call to a server is recorded. */
function createTestSelection(
  settings: Partial<Settings>,
  session: Partial<Session> = {},
  values: ManagedState['values'] = {},
) {
  let stored: Settings = { ...newSettings(), ...settings };
  let isReady = false;
  let told: AboutView | null = null;
  const called: string[] = [];
  const server = createServerSelection({
    settings: {
      read: () => stored,
      update: (change) => {
        stored = change(stored);
      },
      flush: async () => undefined,
    },
    api: {
      call: async (base: string) => {
        called.push(base);
        return about;
      },
    } as unknown as ResetApi,
    backend: {
      baseUrl: async () => {
        if (!isReady) told = about;
        isReady = true;
        return about.publicUrl;
      },
      isReady: () => isReady,
      takeAbout: () => {
        const taken = told;
        told = null;
        return taken;
      },
      restart: async () => about.publicUrl,
      stop: async () => undefined,
    },
    session: {
      view: () => null,
      restore: async () => 'none',
      discard: () => undefined,
      signOut: async () => undefined,
      ...session,
    } as Session,
    keychain: { state: async () => 'ready', read: async () => null } as never,
    connection: () => null,
    platform: 'linux',
    version: '1.0.0',
    managed: { ...unmanaged, values },
  });
  return { server, called, settings: () => stored, isReady: () => isReady };
}

describe('the console on this computer after an earlier sign-in', () => {
  const start = (provider: string | null) =>
    createTestSelection({
      current: { kind: 'this-computer' },
      thisComputer: { lastUserName: 'ann', port: 4000, provider },
    });

  it('offers the sign-in before the backend answers, with the last known provider', async () => {
    const { server, isReady } = start('Staff directory');
    expect(await server.immediateState()).toMatchObject({
      stage: 'sign-in',
      server: { about: null },
      provider: 'Staff directory',
    });
    expect(isReady()).toBe(false);
  });

  it.each([null, 'An older name'])('replaces the stored provider %j by the backend’s', async (last) => {
    const { server, settings } = start(last);
    expect(await server.immediateState()).toMatchObject({ provider: last });
    expect(await server.state()).toMatchObject({ stage: 'sign-in', provider: 'Staff directory' });
    expect(settings().thisComputer.provider).toBe('Staff directory');
  });
});

describe('the embedded backend', () => {
  it('is asked over HTTP only after its start, at which it describes itself', async () => {
    const { server, called } = createTestSelection({ current: { kind: 'this-computer' } });
    expect(await server.state()).toMatchObject({ stage: 'sign-in', server: { about } });
    expect(called).toEqual([]);
    expect(await server.state()).toMatchObject({ stage: 'sign-in', server: { about } });
    expect(called).toEqual([about.publicUrl]);
  });
});

describe('a server of the settings file', () => {
  it.each([
    ['http://desk.example.com', 'server.tls-required'],
    ['http://0.0.0.0:4000', 'server.tls-required'],
    ['ftp://desk.example.com', 'server.address-invalid'],
    ['https://ann:secret@desk.example.com', 'server.address-invalid'],
  ])('is not called at %s, for a reason that the state gives', async (address, code) => {
    const { server, called } = createTestSelection({ current: { kind: 'server', address } });
    expect(await server.state()).toMatchObject({ stage: 'unreachable', failure: { code } });
    await expect(server.sessionServer()).rejects.toThrow(code);
    await expect(server.baseUrl()).rejects.toThrow(code);
    expect(called).toEqual([]);
  });

  it.each(['https://desk.example.com', 'http://127.0.0.1:4000'])('is called at %s', async (address) => {
    const { server, called } = createTestSelection({ current: { kind: 'server', address } });
    expect(await server.state()).toMatchObject({ stage: 'sign-in' });
    expect(called).toEqual([address]);
  });
});

describe('a change of the server', () => {
  const desk = 'https://desk.example.com';
  it.each<[string, (server: ServerSelection) => Promise<unknown>, Settings['current']]>([
    [
      'another server',
      (server) => server.connect('other.example.com'),
      { kind: 'server', address: 'https://other.example.com' },
    ],
    ['this computer', (server) => server.useThisComputer(), { kind: 'this-computer' }],
    ['none', (server) => server.disconnect(), null],
  ])('to %s signs out of the server before', async (_to, change, selected) => {
    const signedOutOf: Settings['current'][] = [];
    const { server, settings } = createTestSelection(
      { current: { kind: 'server', address: desk } },
      {
        signOut: async () => {
          signedOutOf.push(settings().current);
        },
      },
    );
    await change(server);
    expect(signedOutOf).toEqual([{ kind: 'server', address: desk }]);
    expect(settings().current).toEqual(selected);
  });

  it.each<[string, (server: ServerSelection) => Promise<unknown>]>([
    ['another server', (server) => server.connect('other.example.com')],
    ['this computer', (server) => server.useThisComputer()],
    ['none', (server) => server.disconnect()],
  ])('to %s is refused where the organisation has locked the server', async (_to, change) => {
    let signOuts = 0;
    const { server, settings, called } = createTestSelection(
      { current: { kind: 'server', address: desk } },
      { signOut: async () => void (signOuts += 1) },
      { ServerUrl: desk, ServerLocked: true },
    );
    await expect(change(server)).rejects.toThrow('console.managed');
    expect([signOuts, called, settings().current]).toEqual([0, [], { kind: 'server', address: desk }]);
  });

  it('keeps the session if the new server does not answer', async () => {
    let signOuts = 0;
    const { server, settings } = createTestSelection(
      { current: { kind: 'this-computer' } },
      { signOut: async () => void (signOuts += 1) },
    );
    await expect(server.connect('http://desk.example.com')).rejects.toThrow('server.tls-required');
    expect([signOuts, settings().current]).toEqual([0, { kind: 'this-computer' }]);
  });
});
