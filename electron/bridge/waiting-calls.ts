import type { HandlerPort } from './register.ts';

type Listener = Parameters<HandlerPort['handle']>[1];

/**
 * Receives the page's calls before their handlers exist: each waits until `calls.handle` gets the handler of its channel. It
 * needs only the names of the channels, so that the schemas can be loaded later. `first` resolves at the page's first call.
 */
export function createWaitingCalls(
  ipc: HandlerPort,
  channels: readonly string[],
): { readonly calls: HandlerPort; readonly first: Promise<void> } {
  const resolvers = new Map<string, (listener: Listener) => void>();
  let called: () => void = () => undefined;
  const first = new Promise<void>((resolve) => {
    called = resolve;
  });
  for (const name of channels) {
    const listener = new Promise<Listener>((resolve) => {
      resolvers.set(name, resolve);
    });
    ipc.handle(name, async (event, args) => {
      called();
      return (await listener)(event, args);
    });
  }
  const handle: HandlerPort['handle'] = (name, listener) => {
    const resolve = resolvers.get(name);
    if (resolve === undefined) throw new Error(`${name} is no channel`);
    resolve(listener);
  };
  return { calls: { handle }, first };
}
