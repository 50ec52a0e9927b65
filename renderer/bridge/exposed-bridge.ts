import type { Bridge } from '../../shared/bridge/contract.ts';
import { bridgeName } from '../../shared/bridge/channels.ts';

/** The bridge that the preload exposes on the window. */
export const consoleBridge = (): Bridge =>
  (window as unknown as Record<typeof bridgeName, Bridge>)[bridgeName];
