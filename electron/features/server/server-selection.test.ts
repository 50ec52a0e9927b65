import { describe, expect, it } from 'vitest';
import type { AboutView } from '../../../shared/api/about.ts';
import type { ResetApi } from '../../services/reset-api/reset-api.ts';
import type { Session } from '../session/session.ts';
import { newSettings, type Settings } from '../../services/settings-file/settings.ts';
import { createServerSelection } from './server-selection.ts';

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

describe('the console on this computer after an earlier sign-in', () => {
  const start = (provider: string | null) => {
    let stored: Settings = {
      ...newSettings(),
      current: { kind: 'this-computer' },
      thisComputer: { lastUserName: 'ann', port: 4000, provider },
    };
    let isReady = false;
    const server = createServerSelection({
      settings: {
        read: () => stored,
        update: (change) => {
          stored = change(stored);
        },
        flush: async () => undefined,
      },
      api: { call: async () => about, prepare: async () => undefined } as unknown as ResetApi,
      backend: {
        baseUrl: async () => {
          isReady = true;
          return about.publicUrl;
        },
        isReady: () => isReady,
        restart: async () => about.publicUrl,
        stop: async () => undefined,
      },
      session: { view: () => null, restore: async () => 'none' } as unknown as Session,
      keychain: { state: async () => 'ready', read: async () => null } as never,
      connection: () => null,
      platform: 'linux',
      version: '1.0.0',
    });
    return { server, settings: () => stored, isReady: () => isReady };
  };

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
