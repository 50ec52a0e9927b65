import { describe, expect, it } from 'vitest';
import { unmanaged } from '../../../shared/managed/unmanaged.ts';
import { newSettings, type Settings } from '../../services/settings-file/settings.ts';
import { predictedState } from './initial-state.ts';

const own = { platform: 'linux', version: '1.0.0', managed: unmanaged } as const;
const here: Settings = {
  ...newSettings(),
  current: { kind: 'this-computer' },
  thisComputer: { lastUserName: 'ann', port: 4000, provider: 'Staff directory' },
  tokenKept: false,
  keychain: 'missing',
};

describe('predictedState', () => {
  it('is the sign-in form with the last provider and keychain state', () => {
    expect(predictedState(here, own)).toMatchObject({
      stage: 'sign-in',
      server: { kind: 'this-computer', about: null },
      lastUserName: 'ann',
      provider: 'Staff directory',
      keychain: 'missing',
      session: null,
    });
  });

  it('is the choice of a server if none was selected', () => {
    expect(predictedState({ ...newSettings(), keychain: 'ready' }, own)).toMatchObject({
      stage: 'choose-server',
    });
  });

  it.each<[string, Partial<Settings>]>([
    ['the first start', { keychain: null }],
    ['a remembered session', { tokenKept: true }],
    ['a session that may be remembered', { tokenKept: null }],
    ['an unfinished set-up', { thisComputer: { lastUserName: null, port: null, provider: null } }],
    [
      'a server on the network, which may not answer',
      {
        current: { kind: 'server', address: 'https://reset.example.com' },
        servers: [{ address: 'https://reset.example.com', lastUserName: 'ann' }],
      },
    ],
  ])('is null for %s', (_case, differs) => {
    expect(predictedState({ ...here, ...differs }, own)).toBeNull();
  });
});
