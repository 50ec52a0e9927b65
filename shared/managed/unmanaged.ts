import type { ManagedState } from './managed-settings.ts';

/** The state of a console that no organisation manages. In a file without schemas, because the first page reads it. */
export const unmanaged: ManagedState = { values: {}, places: [], problems: [] };
