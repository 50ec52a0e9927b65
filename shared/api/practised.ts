import { z } from 'zod';
import { byDrill } from './drill.ts';
import type { Endpoint } from './endpoint.ts';
import { endpoints, type EndpointName, type Endpoints } from './endpoints.ts';

export type PractisedName = {
  [N in EndpointName]: Endpoints[N] extends { practised: true } ? N : never;
}[EndpointName];

/** The names of the endpoints that a drill has a double of: what a case's screens need, and nothing that reaches further. */
export const practisedNames = (Object.entries(endpoints) as [EndpointName, Endpoint][])
  .filter(([, { practised }]) => practised === true)
  .map(([name]) => name as PractisedName);

/** The double of an endpoint in a drill: the same input and answer, served by the drill's own desk. */
export const inDrill = (endpoint: Endpoint): Endpoint => ({
  ...endpoint,
  id: `practise-${endpoint.id}`,
  path: `/drills/:drillId/desk${endpoint.path}`,
  summary: `In a drill: ${endpoint.summary}`,
  scope: { by: 'nothing', because: 'a drill has invented accounts' },
  params: z.object({ ...endpoint.params?.shape, ...byDrill.shape }),
  errors: [...endpoint.errors, 'drill.not-found'],
});
