import { describe, expect, it } from 'vitest';
import { joinLayers } from './managed-layer.ts';
import { readManagedPreferences } from './managed-preferences.ts';
import { readRegistryPolicies, type RegistryPort } from './registry-policies.ts';

/** The registry's functions over these values; a hive that is an error refuses to be read. */
function registryOf(hives: {
  readonly machine?: Readonly<Record<string, string | number>> | Error;
  readonly user?: Readonly<Record<string, string | number>> | Error;
}) {
  const open: unknown[] = [];
  const opened: string[] = [];
  const port = {
    HKLM: 'machine',
    HKCU: 'user',
    Access: { READ: 131_097 },
    openKey: (hive: 'machine' | 'user', path: string) => {
      opened.push(`${hive} ${path}`);
      const values = hives[hive];
      if (values instanceof Error) throw values;
      if (values === undefined) return null;
      open.push(values);
      return values;
    },
    closeKey: (key: unknown) => void open.splice(open.indexOf(key), 1),
    enumValueNames: (key: object) => Object.keys(key),
    queryValue: (key: Record<string, unknown>, name: string) => key[name] ?? null,
  } as unknown as RegistryPort;
  return { port, open, opened };
}

describe('registry policies', () => {
  it('are known in any case, so that the computer’s decide over the user’s', () => {
    const { port } = registryOf({ machine: { SIGNIN: 'provider' }, user: { SignIn: 'password' } });
    const { values, problems } = joinLayers(readRegistryPolicies(port));
    expect({ values, problems }).toEqual({ values: { SignIn: 'provider' }, problems: [] });
  });

  it('are the computer’s, then the user’s', () => {
    const { port, open, opened } = registryOf({
      machine: { SignIn: 'provider', ServerLocked: 1, ServerUrl: 'https://reset.example.com' },
      user: { SignIn: 'password', ServerLocked: 0, ColorScheme: 'dark', '': 'default' },
    });
    expect(joinLayers(readRegistryPolicies(port))).toEqual({
      values: {
        SignIn: 'provider',
        ServerLocked: true,
        ServerUrl: 'https://reset.example.com',
        ColorScheme: 'dark',
      },
      places: [
        'HKEY_LOCAL_MACHINE\\Software\\Policies\\Reset Desk',
        'HKEY_CURRENT_USER\\Software\\Policies\\Reset Desk',
      ],
      problems: [],
    });
    expect(open).toEqual([]);
    expect(opened).toEqual(['machine Software\\Policies\\Reset Desk', 'user Software\\Policies\\Reset Desk']);
  });

  it('need not exist', () => {
    expect(readRegistryPolicies(registryOf({}).port)).toEqual([]);
  });

  it('that cannot be read leave those of the user in force', () => {
    const { port } = registryOf({ machine: new Error('access denied'), user: { SignIn: 'any' } });
    expect(readRegistryPolicies(port)).toEqual([
      { place: 'HKEY_LOCAL_MACHINE\\Software\\Policies\\Reset Desk', problem: 'unreadable' },
      { place: 'HKEY_CURRENT_USER\\Software\\Policies\\Reset Desk', values: { SignIn: 'any' } },
    ]);
  });
});

describe('managed preferences', () => {
  const machine = '/Library/Managed Preferences/com.example.reset-desk.plist';
  const user = '/Library/Managed Preferences/ann/com.example.reset-desk.plist';
  const read = (files: Readonly<Record<string, string>>) =>
    readManagedPreferences('ann', (path) => {
      const found = files[path] ?? null;
      if (found === 'broken') throw new Error('plutil');
      return found;
    });

  it('are the computer’s, then the user’s, without the keys of the profile', () => {
    const layers = read({
      [machine]: '{"SignIn":"provider","PayloadUUID":"x"}',
      [user]: '{"SignIn":"any","ServerLocked":false}',
    });
    expect(joinLayers(layers)).toEqual({
      values: { SignIn: 'provider', ServerLocked: false },
      places: [machine, user],
      problems: [],
    });
  });

  it.each(['broken', '[]', 'x'])('that cannot be read (%s) are reported', (text) => {
    expect(read({ [user]: text })).toEqual([{ place: user, problem: 'unreadable' }]);
    expect(read({})).toEqual([]);
  });
});
