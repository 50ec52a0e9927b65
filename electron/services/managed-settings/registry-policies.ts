import { createRequire } from 'node:module';
import type * as Registry from 'native-reg';
import { registryKey } from '../../../shared/managed/managed-places.ts';
import { managedNames } from '../../../shared/managed/managed-settings.ts';
import type { ManagedLayer } from './managed-layer.ts';

/** The functions of native-reg that are used. */
export type RegistryPort = Pick<
  typeof Registry,
  'HKLM' | 'HKCU' | 'Access' | 'openKey' | 'closeKey' | 'enumValueNames' | 'queryValue'
>;

/** Loads the native library, which exists for Windows alone. */
export const loadRegistry = (): RegistryPort => createRequire(import.meta.url)('native-reg') as RegistryPort;

/** Windows compares the names of values without regard to case. */
const asInTable = (name: string): string =>
  managedNames.find((known) => known.toLowerCase() === name.toLowerCase()) ?? name;

/** The value; undefined, which no setting can have, for one of a type or length that the library does not read. */
function readValue(registry: RegistryPort, key: Registry.HKEY, name: string): unknown {
  try {
    return registry.queryValue(key, name);
  } catch {
    return undefined;
  }
}

/** Reads the policies of the computer, then those of the user: where both name a setting, the computer's decides. */
export function readRegistryPolicies(registry: RegistryPort): readonly ManagedLayer[] {
  const { HKLM, HKCU, Access } = registry;
  const hives = [
    ['HKEY_LOCAL_MACHINE', HKLM],
    ['HKEY_CURRENT_USER', HKCU],
  ] as const;
  return hives.flatMap(([name, hive]): ManagedLayer[] => {
    const place = `${name}\\${registryKey}`;
    try {
      const key = registry.openKey(hive, registryKey, Access.READ);
      if (key === null) return [];
      try {
        const names = registry.enumValueNames(key).filter((value) => value !== '');
        return [
          {
            place,
            values: Object.fromEntries(
              names.map((value) => [asInTable(value), readValue(registry, key, value)]),
            ),
          },
        ];
      } finally {
        registry.closeKey(key);
      }
    } catch {
      return [{ place, problem: 'unreadable' }];
    }
  });
}
