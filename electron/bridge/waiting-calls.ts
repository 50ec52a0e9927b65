import type { HandlerPort } from './register.ts';

type Listener = Parameters<HandlerPort['handle']>[1];

/**
 * Where the page's calls arrive from the first moment on: those that come before their listener is there wait for it. Every
 * channel is known by its name alone, so that the schemas need not be read first.
 */
export function createWaitingCalls(ipc: HandlerPort, channels: readonly string[]): HandlerPort {
  const listening = new Map<string, (listener: Listener) => void>();
  for (const name of channels) {
    const listener = new Promise<Listener>((resolve) => {
      listening.set(name, resolve);
    });
    ipc.handle(name, async (event, args) => (await listener)(event, args));
  }
  return {
    handle: (name, listener) => {
      const listen = listening.get(name);
      if (listen === undefined) throw new Error(`${name} is no channel`);
      listen(listener);
    },
  };
}
