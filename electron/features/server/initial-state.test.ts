import { describe, expect, it } from 'vitest';
import { newSettings, type Settings } from '../../services/settings-file/settings.ts';
import { predictedState } from './initial-state.ts';

const own = { platform: 'linux', version: '1.0.0' } as const;
const here: Settings = {
  ...newSettings(),
  current: { kind: 'this-computer' },
  thisComputer: { lastUserName: 'ann', port: 4000, provider: 'Staff directory' },
  tokenKept: false,
  keychain: 'missing',
};

describe('what the page may draw before it has asked', () => {
  it('is the form of the last start, with its provider and keychain', () => {
    expect(predictedState(here, own)).toMatchObject({
      stage: 'sign-in',
      server: { kind: 'this-computer', about: null },
      lastUserName: 'ann',
      provider: 'Staff directory',
      keychain: 'missing',
      session: null,
    });
  });

  it('is the two doors where nothing is set up', () => {
    expect(predictedState({ ...newSettings(), keychain: 'ready' }, own)).toMatchObject({
      stage: 'choose-server',
    });
  });

  it.each<[string, Partial<Settings>]>([
    ['the first start', { keychain: null }],
    ['a session that is kept', { tokenKept: true }],
    ['a session that is perhaps kept', { tokenKept: null }],
    [
      'a set-up that nobody has finished',
      { thisComputer: { lastUserName: null, port: null, provider: null } },
    ],
    [
      'a server, which may not answer',
      {
        current: { kind: 'server', address: 'https://reset.example.com' },
        servers: [{ address: 'https://reset.example.com', lastUserName: 'ann' }],
      },
    ],
  ])('is nothing for %s', (_case, differs) => {
    expect(predictedState({ ...here, ...differs }, own)).toBeNull();
  });
});
