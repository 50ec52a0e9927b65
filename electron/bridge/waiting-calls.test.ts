import { describe, expect, it } from 'vitest';
import type { HandlerPort } from './register.ts';
import { createWaitingCalls } from './waiting-calls.ts';

type Listener = Parameters<HandlerPort['handle']>[1];

describe('waiting calls', () => {
  const sender = { sender: { id: 1 }, senderFrame: null };
  const arrive = () => {
    const listeners = new Map<string, Listener>();
    const ipc: HandlerPort = { handle: (name, listener) => void listeners.set(name, listener) };
    return {
      ...createWaitingCalls(ipc, ['app.start', 'app.started']),
      call: (name: string, args: unknown) => listeners.get(name)?.(sender, args),
    };
  };

  it('wait for the listener of their channel', async () => {
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

  it('resolve `first`, with or without a listener', async () => {
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

  it('throw for the listener of an unknown channel', () => {
    expect(() => arrive().calls.handle('app.other', async () => null)).toThrow('app.other is no channel');
  });
});
