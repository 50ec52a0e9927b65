// Runs in the sandbox before the page: names alone, no schemas, nothing that takes time.
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { bridgeName, calls, channel, eventChannel, events } from '../../shared/bridge/channels.ts';

type Listener = (value: unknown) => void;

const groups = Object.fromEntries(
  Object.entries(calls).map(([group, names]) => [
    group,
    Object.freeze(
      Object.fromEntries(
        names.map((name) => [
          name,
          (args?: unknown): Promise<unknown> => ipcRenderer.invoke(channel(group, name), args),
        ]),
      ),
    ),
  ]),
);

/** The page gets the value alone: Electron's event object would hand it the sender, and with it every channel. */
function on(event: unknown, listener: unknown): () => void {
  const known = events.find((name) => name === event);
  if (known === undefined || typeof listener !== 'function') throw new TypeError('no such event');
  const forward = (_event: unknown, value: unknown): void => {
    (listener as Listener)(value);
  };
  ipcRenderer.on(eventChannel(known), forward);
  return () => {
    ipcRenderer.removeListener(eventChannel(known), forward);
  };
}

function pathOf(file: unknown): string {
  return file instanceof File ? webUtils.getPathForFile(file) : '';
}

contextBridge.exposeInMainWorld(bridgeName, Object.freeze({ ...groups, on, pathOf }));
