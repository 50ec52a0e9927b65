import { createContext, useContext } from 'react';
import { unmanaged, type ManagedState } from '../../../shared/managed/managed-settings.ts';

const ManagedContext = createContext<ManagedState>(unmanaged);
export const ManagedProvider = ManagedContext.Provider;

/** What the organisation manages on this computer. */
export const useManaged = (): ManagedState => useContext(ManagedContext);
