import { userInfo } from 'node:os';
import { policyFile } from '../../../shared/managed/managed-places.ts';
import type { ManagedState } from '../../../shared/managed/managed-settings.ts';
import { unmanaged } from '../../../shared/managed/unmanaged.ts';
import { joinLayers, type ManagedLayer } from './managed-layer.ts';
import { readManagedPreferences, readPropertyList } from './managed-preferences.ts';
import { readPolicyFile } from './policy-file.ts';
import { loadRegistry, readRegistryPolicies } from './registry-policies.ts';

/**
 * Reads the settings that the organisation manages on this computer, once at the start. `testFile` replaces the system's place; it may belong to the user of
 * this process, and must be null in a package.
 */
export function readManagedSettings(testFile: string | null): ManagedState {
  const layers =
    testFile === null ? systemLayers() : [readPolicyFile(testFile, [0, process.getuid?.() ?? 0])];
  const found = layers.filter((layer) => layer !== null);
  return found.length === 0 ? unmanaged : joinLayers(found);
}

function systemLayers(): readonly (ManagedLayer | null)[] {
  switch (process.platform) {
    case 'win32':
      return readRegistryPolicies(loadRegistry());
    case 'darwin':
      return readManagedPreferences(userInfo().username, readPropertyList);
    default:
      return [readPolicyFile(policyFile)];
  }
}
