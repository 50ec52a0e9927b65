import type { BrowserWindow } from 'electron';
import { contract } from '../../shared/bridge/contract.ts';
import { joinGroups } from '../../shared/bridge/join-groups.ts';
import type { Log } from '../log/log.ts';
import { createEmitter, type Emit } from './emitter.ts';
import type { OwnHandlers } from './handlers.ts';
import { passThroughHandlers, type SessionCall } from './pass-through.ts';
import { registerHandlers, type HandlerPort } from './register.ts';
import { createTrustedSender } from './trusted-sender.ts';

interface Collaborators {
  readonly calls: HandlerPort;
  readonly window: () => BrowserWindow | null;
  readonly origin: string;
  readonly log: Log;
}

interface Answering {
  readonly handlers: OwnHandlers;
  /** Sends the request of a pass-through call. */
  readonly request: SessionCall;
  /** Sends the request of a pass-through call in a drill. */
  readonly requestInDrill: SessionCall;
}

/** Sets up both directions of the bridge. Events can be sent at once; calls are answered once `answerCalls` has their handlers. */
export function setUpBridge({ calls, window, origin, log }: Collaborators): {
  readonly emit: Emit;
  readonly answerCalls: (answering: Answering) => void;
} {
  const page = () => {
    const contents = window()?.webContents;
    return contents === undefined || contents.isDestroyed() ? null : contents;
  };
  const isTrusted = createTrustedSender({ windowId: () => page()?.id ?? null, origin });
  return {
    emit: createEmitter((name, value) => page()?.send(name, value), log),
    answerCalls: ({ handlers, request, requestInDrill }) => {
      registerHandlers(contract, joinGroups(handlers, passThroughHandlers(request, requestInDrill)), {
        ipc: calls,
        isTrusted,
        log,
      });
    },
  };
}
