import { ipcMain } from 'electron';
import { channel } from '../../shared/bridge/channels.ts';
import { callNames } from '../../shared/bridge/names.ts';
import { createWaitingCalls } from './waiting-calls.ts';

const channels = Object.entries(callNames).flatMap(([group, names]) =>
  names.map((name) => channel(group, name)),
);

/**
 * Receives the page's calls before there is a window. It knows the channels by name alone: to load the contract takes as long
 * as to open the window.
 */
export const receivePageCalls = () => createWaitingCalls(ipcMain, channels);
