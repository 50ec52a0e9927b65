import type { BrowserWindow } from 'electron';
import { contract } from '../../shared/bridge/contract.ts';
import type { Log } from '../log/log.ts';
import { createEmitter, type Emit } from './emitter.ts';
import type { Handlers } from './handlers.ts';
import { registerHandlers, type HandlerPort } from './register.ts';
import { createTrustedSender } from './trusted-sender.ts';

interface Collaborators {
  readonly calls: HandlerPort;
  readonly window: () => BrowserWindow | null;
  readonly origin: string;
  readonly log: Log;
}

/** The bridge's two directions: events to the page at once, calls from it as soon as their handlers are handed over. */
export function setUpBridge({ calls, window, origin, log }: Collaborators): {
  readonly emit: Emit;
  readonly answerCalls: (handlers: Handlers) => void;
} {
  const page = () => {
    const contents = window()?.webContents;
    return contents === undefined || contents.isDestroyed() ? null : contents;
  };
  const isTrusted = createTrustedSender({ windowId: () => page()?.id ?? null, origin });
  return {
    emit: createEmitter((name, value) => page()?.send(name, value), log),
    answerCalls: (handlers) => {
      registerHandlers(contract, handlers, { ipc: calls, isTrusted, log });
    },
  };
}
