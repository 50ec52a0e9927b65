import { createParser } from 'eventsource-parser';
import type { startTestBackend } from './start-test-backend.ts';

type Backend = Awaited<ReturnType<typeof startTestBackend>>;

/** Opens a stream of events. Returns a function that waits for its next event; undefined when the stream has ended. */
export async function followEvents(
  backend: Pick<Backend, 'address'>,
  method: string,
  path: string,
  request: RequestInit,
) {
  const hangUp = new AbortController();
  const { signal } = hangUp;
  const answer = await fetch(`${backend.address()}/api/v1${path}`, { method, signal, ...request });
  const events: unknown[] = [];
  const parser = createParser({ onEvent: ({ data }) => events.push(JSON.parse(data)) });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  const pull = async (): Promise<boolean> => {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (value !== undefined) parser.feed(value);
    return !done;
  };
  return {
    status: answer.status,
    next: async () => {
      while (events.length === 0 && (await pull()));
      return events.shift();
    },
    /** Closes the connection. Cancelling the reader would leave it open, and the backend would wait for it when it stops. */
    leave: () => {
      hangUp.abort();
    },
  };
}
