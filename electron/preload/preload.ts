// Runs in the sandbox before the page. It loads the names of the calls but no schemas, so that it does not delay the page.
import { contextBridge, ipcRenderer, webFrame, webUtils } from 'electron';
import { bridgeName, channel, eventChannel, preloadOnly } from '../../shared/bridge/channels.ts';
import { callNames, eventNames } from '../../shared/bridge/names.ts';

type Listener = (value: unknown) => void;

const groups = Object.fromEntries(
  Object.entries(callNames).map(([group, names]) => [
    group,
    Object.freeze(
      Object.fromEntries(
        names
          .filter((name) => !preloadOnly.has(channel(group, name)))
          .map((name) => [
            name,
            (args?: unknown): Promise<unknown> => ipcRenderer.invoke(channel(group, name), args),
          ]),
      ),
    ),
  ]),
);

/** Passes on the value only. Electron's event object would give the page the sender, and with it every channel. */
function on(event: unknown, listener: unknown): () => void {
  const known = eventNames.find((name) => name === event);
  if (known === undefined || typeof listener !== 'function') throw new TypeError('no such event');
  const forward = (_event: unknown, value: unknown): void => {
    (listener as Listener)(value);
  };
  ipcRenderer.on(eventChannel(known), forward);
  return () => {
    ipcRenderer.removeListener(eventChannel(known), forward);
  };
}

/** Chromium knows the path of a file that was dropped or chosen. One that the page has made itself has none. */
function dropFile(file: unknown): Promise<unknown> {
  const path = file instanceof File ? webUtils.getPathForFile(file) : '';
  return ipcRenderer.invoke(channel('imports', 'dropped'), { path });
}

// SECURITY: docs/security.md, 17. These reach the network without the content security policy or the request filter knowing of them. The
// policy of the window stops their packets as well, for frames in which this does not run.
const networkConstructors = [
  'RTCPeerConnection',
  'webkitRTCPeerConnection',
  'RTCDataChannel',
  'WebTransport',
];
void webFrame.executeJavaScript(
  networkConstructors.map((name) => `delete window[${JSON.stringify(name)}];`).join(''),
);

contextBridge.exposeInMainWorld(bridgeName, Object.freeze({ ...groups, on, dropFile }));
