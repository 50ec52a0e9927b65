import type { HandlerPort } from './register.ts';

type Listener = Parameters<HandlerPort['handle']>[1];

/**
 * Where the page's calls arrive before anything listens to them: each waits for its own listener. Every channel is known by its
 * name alone, so that the schemas need not be read first. `first` resolves when the page has called at all.
 */
export function createWaitingCalls(
  ipc: HandlerPort,
  channels: readonly string[],
): { readonly calls: HandlerPort; readonly first: Promise<void> } {
  const listening = new Map<string, (listener: Listener) => void>();
  let called: () => void = () => undefined;
  const first = new Promise<void>((resolve) => {
    called = resolve;
  });
  for (const name of channels) {
    const listener = new Promise<Listener>((resolve) => {
      listening.set(name, resolve);
    });
    ipc.handle(name, async (event, args) => {
      called();
      return (await listener)(event, args);
    });
  }
  const handle: HandlerPort['handle'] = (name, listener) => {
    const listen = listening.get(name);
    if (listen === undefined) throw new Error(`${name} is no channel`);
    listen(listener);
  };
  return { calls: { handle }, first };
}
