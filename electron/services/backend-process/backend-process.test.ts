import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ToBackend } from '../../../shared/embedded/messages.ts';
import { createBackendProcess, type BackendChild } from './backend-process.ts';

function startFakeBackend() {
  const children: { posted: ToBackend[]; send: (message: unknown) => void; end: (code: number) => void }[] =
    [];
  const states: string[] = [];
  const due: (() => void)[] = [];
  const clock = { at: 0 };
  let lastPort: number | null = null;
  const fork = (): BackendChild => {
    const posted: ToBackend[] = [];
    let send: (message: unknown) => void = () => undefined;
    let end: (code: number) => void = () => undefined;
    children.push({ posted, send: (message) => send(message), end: (code) => end(code) });
    return {
      post: (message) => {
        posted.push(message);
        if (message.type === 'stop') end(0);
      },
      onMessage: (listener) => (send = listener),
      onExit: (listener) => (end = listener),
      kill: () => end(9),
    };
  };
  const backend = createBackendProcess({
    fork,
    dataFolder: '/data',
    version: '1',
    setupCode: 'a-setup-code-of-main',
    port: {
      read: () => lastPort,
      // As the settings file does.
      write: (port) => (lastPort = z.int().min(1).max(65_535).parse(port)),
    },
    onState: ({ state }) => states.push(state),
    log: { info: () => undefined, warn: () => undefined, unexpected: () => 'none' },
    now: () => clock.at,
    setTimer: (_milliseconds, work) => {
      due.push(work);
      return () => undefined;
    },
  });
  const runDue = () => due.splice(0).forEach((work) => work());
  return { backend, children, states, clock, runDue };
}
const about = {
  product: 'Reset Desk',
  version: '1.0.0',
  api: 1,
  mode: 'embedded',
  setup: 'ready',
  publicUrl: 'http://127.0.0.1:4711',
  provider: null,
  time: '2026-03-01T08:00:00.000Z',
};
const ready = (port: number) => ({ type: 'ready', port, about });

describe('the embedded backend', () => {
  it('starts once for concurrent calls', async () => {
    const { backend, children, states, runDue } = startFakeBackend();
    const pending = [backend.baseUrl(), backend.baseUrl()];
    expect(children).toHaveLength(1);
    children[0]?.send(ready(4711));
    expect(await Promise.all(pending)).toEqual(['http://127.0.0.1:4711', 'http://127.0.0.1:4711']);
    children[0]?.end(9);
    const again = backend.baseUrl();
    runDue();
    expect(children[1]?.posted[0]).toMatchObject({ type: 'start', preferredPort: 4711 });
    children[1]?.send(ready(4711));
    expect(await again).toBe('http://127.0.0.1:4711');
    expect(states).toEqual(['starting', 'ready', 'restarting', 'restarting', 'ready']);
  });

  it.each([
    null,
    'ready',
    { type: 'ready' },
    { type: 'ready', port: 4711 },
    { type: 'ready', port: 0, about },
    { type: 'ready', port: 70_000, about },
    { type: 'failed' },
    { type: 'failed', code: 'grant.spent', detail: '' },
  ])('ignores the message %j', (message) => {
    const { backend, children, states } = startFakeBackend();
    void backend.baseUrl();
    expect(() => children[0]?.send(message)).not.toThrow();
    expect([backend.isReady(), states]).toEqual([false, ['starting']]);
  });

  it('describes itself once after each start', async () => {
    const { backend, children, runDue } = startFakeBackend();
    void backend.baseUrl();
    expect(backend.takeAbout()).toBeNull();
    children[0]?.send(ready(4711));
    expect([backend.takeAbout(), backend.takeAbout()]).toEqual([about, null]);
    children[0]?.end(9);
    runDue();
    children[1]?.send(ready(4711));
    children[1]?.end(9);
    expect(backend.takeAbout()).toBeNull();
  });

  it('names the fault of the data folder that the backend names', async () => {
    const { backend, children, states } = startFakeBackend();
    const pending = backend.baseUrl();
    const fault = { code: 'folder.in-use', detail: 'process 7 on desk.example.com' };
    children[0]?.send({ type: 'failed', ...fault });
    await expect(pending).rejects.toMatchObject({ code: fault.code, failure: { detail: fault.detail } });
    await expect(backend.baseUrl()).rejects.toMatchObject({ code: fault.code });
    expect(states.at(-1)).toBe('failed');
  });

  it('reports a failure after three quick exits', async () => {
    const { backend, children, states, runDue } = startFakeBackend();
    const pending = backend.baseUrl();
    for (let crash = 0; crash < 3; crash += 1) {
      children.at(-1)?.end(1);
      runDue();
    }
    await expect(pending).rejects.toMatchObject({ code: 'backend-process.failed' });
    expect(states.at(-1)).toBe('failed');
    expect(children).toHaveLength(3);
    const again = backend.restart();
    await Promise.resolve();
    await Promise.resolve();
    children.at(-1)?.send(ready(5000));
    expect(await again).toBe('http://127.0.0.1:5000');
  });

  it('stays stopped after it was stopped on request', async () => {
    const { backend, children, runDue } = startFakeBackend();
    const pending = backend.baseUrl();
    children[0]?.send(ready(4711));
    await pending;
    await backend.stop();
    runDue();
    expect(children).toHaveLength(1);
    expect(children[0]?.posted.at(-1)).toEqual({ type: 'stop' });
  });

  it('fails if it neither starts nor fails in time', async () => {
    const { backend, states, runDue } = startFakeBackend();
    const pending = backend.baseUrl();
    runDue();
    await expect(pending).rejects.toMatchObject({
      failure: { code: 'backend-process.failed', detail: 'It did not start within 5 minutes.' },
    });
    expect(states).toEqual(['starting', 'failed']);
  });

  it('rejects those who wait for its start when it is stopped', async () => {
    const { backend } = startFakeBackend();
    const pending = backend.baseUrl();
    await backend.stop();
    await expect(pending).rejects.toThrow('backend-process.failed');
  });
});
