import { createContext } from 'react';

/** Whether the shell's banner says that the server cannot be reached. */
export const BannerShown = createContext(false);
