import { describe, expect, it } from 'vitest';
import { managedNames } from '../../../shared/managed/managed-settings.ts';
import { joinLayers } from './managed-layer.ts';
import { readManagedPreferences } from './managed-preferences.ts';
import { readRegistryPolicies, type RegistryPort } from './registry-policies.ts';

/** A value of a type that the library does not read, such as REG_NONE, or a REG_DWORD of two bytes. */
const unreadable = Symbol('unreadable');

/** Values that administrators set by mistake, as each place delivers them. */
const wrongValues: readonly (readonly [delivered: string, value: unknown])[] = [
  ['an empty REG_SZ or string', ''],
  ['a REG_SZ or string that is too long', 'x'.repeat(5000)],
  ['a switch as REG_SZ or string', 'true'],
  ['a switch in another case', 'True'],
  ['a number as REG_SZ or string', '1'],
  ['a REG_DWORD or integer out of bounds', 7],
  ['a negative integer', -1],
  ['a real', 0.5],
  ['a REG_QWORD', 1n],
  ['a REG_BINARY', Buffer.of(1, 0, 0, 0)],
  ['a REG_MULTI_SZ or array', ['any']],
  ['a dictionary or object', { value: 'any' }],
  ['null', null],
  ['a REG_NONE', unreadable],
];

/** The registry's functions over these values; a hive that is an error refuses to be read. */
function registryOf(hives: {
  readonly machine?: Readonly<Record<string, unknown>> | Error;
  readonly user?: Readonly<Record<string, unknown>> | Error;
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
    queryValue: (key: Record<string, unknown>, name: string) => {
      if (key[name] === unreadable) throw new Error('Unhandled reg value type: 0');
      return key[name] ?? null;
    },
  } as unknown as RegistryPort;
  return { port, open, opened };
}

describe('a wrong value', () => {
  /** A good value of another setting, which must stay in force. */
  const other = (name: string) => (name === 'SignIn' ? { ColorScheme: 'dark' } : { SignIn: 'password' });
  const cases = managedNames.flatMap((name) =>
    wrongValues.map(([what, value]) => [name, what, value] as const),
  );

  it.each(cases)('of %s in the registry (%s) leaves the others in force', (name, _what, value) => {
    const { port, open } = registryOf({ machine: { [name]: value, ...other(name) } });
    const { values, problems } = joinLayers(readRegistryPolicies(port));
    expect(values).toEqual(other(name));
    expect(problems).toMatchObject([{ kind: 'invalid', setting: name }]);
    expect(open).toEqual([]);
  });

  it.each(cases.filter(([, what]) => !what.startsWith('a REG')))(
    'of %s in a property list or policy.json (%s) leaves the others in force',
    (name, _what, value) => {
      const text = JSON.stringify({ [name]: value, ...other(name) });
      const layers = readManagedPreferences('ann', (path) => (path.includes('/ann/') ? text : null));
      expect(joinLayers(layers)).toMatchObject({
        values: other(name),
        problems: [{ kind: 'invalid', setting: name }],
      });
    },
  );
});

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
