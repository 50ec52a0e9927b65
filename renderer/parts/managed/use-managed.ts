import { createContext, useContext } from 'react';
import type { ManagedState } from '../../../shared/managed/managed-settings.ts';
import { unmanaged } from '../../../shared/managed/unmanaged.ts';

const ManagedContext = createContext<ManagedState>(unmanaged);
export const ManagedProvider = ManagedContext.Provider;

/** What the organisation manages on this computer. */
export const useManaged = (): ManagedState => useContext(ManagedContext);
