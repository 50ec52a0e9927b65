import type { Endpoint } from '../../api/endpoint.ts';
import { endpoints, type EndpointName, type Endpoints } from '../../api/endpoints.ts';
import { callLike, type PassThroughCall } from './call.ts';

type BridgeName<E> = E extends { bridge: infer B extends string } ? B : never;
type Group<E> = BridgeName<E> extends infer B ? (B extends `${infer G}.${string}` ? G : never) : never;
type AnyEndpoint = Endpoints[EndpointName];

/** The calls that endpoints declare with `bridge: 'GROUP.NAME'`, by group and name. */
export type PassThroughCalls = {
  readonly [G in Group<AnyEndpoint>]: {
    readonly [
      N in EndpointName as Endpoints[N] extends { bridge: `${G}.${infer Name}` } ? Name : never
    ]: PassThroughCall<Endpoints[N]>;
  };
};

/** The same for endpoints with `practised`. Their group is called `practiceGROUP`, and their requests go to the drill. */
export type PractisedCalls = {
  readonly [G in Group<Extract<AnyEndpoint, { practised: true }>> as `practice${Capitalize<G>}`]: {
    readonly [
      N in EndpointName as Endpoints[N] extends { bridge: `${G}.${infer Name}`; practised: true }
        ? Name
        : never
    ]: PassThroughCall<Endpoints[N]>;
  };
};

const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function callsOf(declared: readonly Endpoint[], groupOf: (group: string) => string) {
  const groups: Record<string, Record<string, PassThroughCall>> = {};
  for (const endpoint of declared) {
    const [group = '', name = ''] = endpoint.bridge?.split('.') ?? [];
    const calls = (groups[groupOf(group)] ??= {});
    if (name in calls) throw new Error(`Two endpoints are called ${endpoint.bridge} on the bridge`);
    calls[name] = { ...callLike(endpoint), endpoint };
  }
  return groups;
}

const bridged = Object.values<Endpoint>(endpoints).filter(({ bridge }) => bridge !== undefined);

export const passThroughCalls = callsOf(bridged, (group) => group) as unknown as PassThroughCalls;
export const practisedCalls = callsOf(
  bridged.filter(({ practised }) => practised === true),
  (group) => `practice${capitalize(group)}`,
) as unknown as PractisedCalls;
