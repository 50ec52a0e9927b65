import { describe, expect, it } from 'vitest';
import type { HandlerPort } from './register.ts';
import { createWaitingCalls } from './waiting-calls.ts';

type Listener = Parameters<HandlerPort['handle']>[1];

describe('calls of the page', () => {
  const sender = { sender: { id: 1 }, senderFrame: null };
  const arrive = () => {
    const listeners = new Map<string, Listener>();
    const ipc: HandlerPort = { handle: (name, listener) => void listeners.set(name, listener) };
    return {
      ...createWaitingCalls(ipc, ['app.start', 'app.started']),
      call: (name: string, args: unknown) => listeners.get(name)?.(sender, args),
    };
  };

  it('wait for their own listener when they come before it', async () => {
    const { calls, call } = arrive();
    const answers: unknown[] = [];
    const early = call('app.start', 'early')?.then((answer) => answers.push(answer));
    calls.handle('app.started', async () => 'not this one');
    await Promise.resolve();
    expect(answers).toEqual([]);
    calls.handle('app.start', async (event, args) => [event, args]);
    await early;
    expect(answers).toEqual([[sender, 'early']]);
    expect(await call('app.start', 'later')).toEqual([sender, 'later']);
  });

  it('tell that there was one, whether it has a listener or not', async () => {
    const { first, call } = arrive();
    let told = false;
    void first.then(() => {
      told = true;
    });
    await Promise.resolve();
    expect(told).toBe(false);
    void call('app.started', null);
    await first;
  });

  it('have a listener only where the contract names one', () => {
    expect(() => arrive().calls.handle('app.other', async () => null)).toThrow('app.other is no channel');
  });
});
