import { ipcMain } from 'electron';
import { channels } from '../../shared/bridge/channels.ts';
import { createWaitingCalls } from './waiting-calls.ts';

/** The page's calls, from before there is a window; without the contract, which takes as long to read as the window to open. */
export const receivePageCalls = () => createWaitingCalls(ipcMain, channels);
