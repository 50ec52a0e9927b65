import { describe, expect, it } from 'vitest';
import type { HandlerPort } from './register.ts';
import { createWaitingCalls } from './waiting-calls.ts';

type Listener = Parameters<HandlerPort['handle']>[1];

describe('calls of the page', () => {
  const sender = { sender: { id: 1 }, senderFrame: null };
  const arrive = () => {
    const listeners = new Map<string, Listener>();
    const calls = createWaitingCalls({ handle: (name, listener) => void listeners.set(name, listener) }, [
      'app.start',
      'app.started',
    ]);
    return { calls, call: (name: string, args: unknown) => listeners.get(name)?.(sender, args) };
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

  it('have a listener only where the contract names one', () => {
    expect(() => arrive().calls.handle('app.other', async () => null)).toThrow('app.other is no channel');
  });
});
