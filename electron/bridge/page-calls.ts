import { ipcMain } from 'electron';
import { channel } from '../../shared/bridge/channels.ts';
import { callNames } from '../../shared/bridge/names.ts';
import { createWaitingCalls } from './waiting-calls.ts';

const channels = Object.entries(callNames).flatMap(([group, names]) =>
  names.map((name) => channel(group, name)),
);

/**
 * Receives the page's calls before the window exists. It uses the names of the channels only, because loading the contract
 * takes as long as opening the window.
 */
export const receivePageCalls = () => createWaitingCalls(ipcMain, channels);
