import { shell } from 'electron';
import type { ServerSelection } from '../server/server-selection.ts';
import { addressOfTarget, type ExternalTarget } from './address-of-target.ts';

/** Opens a target in the system's browser. */
export const createOpenExternal =
  (server: Pick<ServerSelection, 'about'>) =>
  async (target: ExternalTarget): Promise<void> => {
    const address = addressOfTarget(target, server.about()?.publicUrl ?? null);
    if (address !== null) await shell.openExternal(address);
  };
