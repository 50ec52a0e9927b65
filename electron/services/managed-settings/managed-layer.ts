import { z } from 'zod';
import {
  managedNames,
  managedValues,
  type ManagedName,
  type ManagedProblem,
  type ManagedState,
} from '../../../shared/managed/managed-settings.ts';
import { isFailure } from '../../failure/console-failure.ts';
import { parseServerAddress } from '../reset-api/server-address.ts';

/** The settings of one place: a file or a registry key. */
export type ManagedLayer =
  | { readonly place: string; readonly values: Readonly<Record<string, unknown>> }
  | { readonly place: string; readonly problem: ManagedProblem['kind'] };

/** Longer names are shortened in reports. */
const maxNameLength = 60;

const isManagedName = (name: string): name is ManagedName =>
  (managedNames as readonly string[]).includes(name);

/** The registry stores switches as numbers. */
function fromStore(name: ManagedName, value: unknown): unknown {
  const isSwitch = managedValues.shape[name].unwrap() instanceof z.ZodBoolean;
  return isSwitch && (value === 0 || value === 1) ? value === 1 : value;
}

/** The value in its normal form; undefined if the setting cannot have it. */
function parseValue(name: ManagedName, value: unknown): ManagedState['values'][ManagedName] {
  const parsed = managedValues.shape[name].unwrap().safeParse(fromStore(name, value));
  if (!parsed.success || name !== 'ServerUrl') return parsed.success ? parsed.data : undefined;
  try {
    return parseServerAddress(String(parsed.data));
  } catch (thrown) {
    if (isFailure(thrown)) return undefined;
    throw thrown;
  }
}

/**
 * Joins the settings of several places. The first place that names a setting decides it. An invalid value or an unknown name is ignored and becomes a
 * problem; the other settings apply.
 */
export function joinLayers(layers: readonly ManagedLayer[]): ManagedState {
  const values: Record<string, unknown> = {};
  const problems: ManagedProblem[] = [];
  const places: string[] = [];
  const decided = new Set<string>();
  for (const layer of layers) {
    const { place } = layer;
    if ('problem' in layer) {
      problems.push({ kind: layer.problem, setting: null, place });
      continue;
    }
    places.push(place);
    for (const [name, value] of Object.entries(layer.values)) {
      if (decided.has(name)) continue;
      decided.add(name);
      if (!isManagedName(name)) {
        problems.push({ kind: 'unknown', setting: name.slice(0, maxNameLength), place });
        continue;
      }
      const parsed = parseValue(name, value);
      if (parsed === undefined) problems.push({ kind: 'invalid', setting: name, place });
      else values[name] = parsed;
    }
  }
  const state: ManagedState = { values, places, problems };
  if (state.values.ServerLocked === true && state.values.ServerUrl === undefined)
    problems.push({ kind: 'no-server', setting: 'ServerUrl', place: places.join(', ') });
  return state;
}
