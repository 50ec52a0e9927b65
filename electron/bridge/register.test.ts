import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConsoleFailure } from '../failure/console-failure.ts';
import type { Log } from '../log/log.ts';
import { registerHandlers, type HandlerPort } from './register.ts';
import type { Sender } from './trusted-sender.ts';

const sender: Sender = { sender: { id: 1 }, senderFrame: null };
const smallContract = {
  session: {
    unlock: { args: z.object({ password: z.string().trim() }), value: z.object({ name: z.string() }) },
  },
};

function bridge(unlock: (args: never) => Promise<unknown>, trusted = true) {
  const lines: string[] = [];
  const log: Log = {
    info: (message, facts) => lines.push(message + JSON.stringify(facts)),
    warn: (message, facts) => lines.push(message + JSON.stringify(facts)),
    unexpected: (message, thrown) => {
      lines.push(message + String(thrown));
      return 'REF1-REF2';
    },
  };
  const handlers = new Map<string, Parameters<HandlerPort['handle']>[1]>();
  const ipc: HandlerPort = { handle: (name, listener) => void handlers.set(name, listener) };
  registerHandlers(smallContract, { session: { unlock } }, { ipc, isTrusted: () => trusted, log });
  const call = (args: unknown) => handlers.get('session.unlock')?.(sender, args);
  return { call, lines };
}

describe('a bridge call', () => {
  it('answers the value without fields that the contract does not declare', async () => {
    const { call } = bridge(async () => ({ name: 'Ann', accessToken: 'never' }));
    expect(await call({ password: 'x' })).toEqual({ ok: true, value: { name: 'Ann' } });
  });

  it('gives the handler the parsed arguments, without what the contract does not declare', async () => {
    let given: unknown;
    const { call } = bridge(async (args) => {
      given = args;
      return { name: 'Ann' };
    });
    await call({ password: '  x  ' });
    expect(given).toEqual({ password: 'x' });
  });

  it('is refused from an untrusted sender before the arguments are parsed', async () => {
    const { call } = bridge(() => expect.fail('ran'), false);
    expect(await call({ password: 'x' })).toEqual({ ok: false, failure: { code: 'bridge.refused' } });
  });

  it.each([[undefined], [null], ['x'], [{}], [{ password: 7 }]])(
    'refuses wrong arguments %j',
    async (args) => {
      const { call } = bridge(() => expect.fail('ran'));
      expect(await call(args)).toMatchObject({ ok: false, failure: { code: 'request.invalid' } });
    },
  );

  it('passes on a failure unchanged', async () => {
    const { call } = bridge(() =>
      Promise.reject(new ConsoleFailure('session.credentials-wrong', { triesLeft: 2 })),
    );
    expect(await call({ password: 'x' })).toEqual({
      ok: false,
      failure: { code: 'session.credentials-wrong', triesLeft: 2 },
    });
  });

  it('answers an unexpected error with a reference only', async () => {
    const { call, lines } = bridge(() => Promise.reject(new TypeError('of undefined')));
    expect(await call({ password: 'x' })).toEqual({
      ok: false,
      failure: { code: 'internal.unexpected', reference: 'REF1-REF2' },
    });
    expect(lines.join()).toContain('of undefined');
  });

  it('never answers a value that does not match the contract', async () => {
    const { call } = bridge(async () => ({ name: 7 }));
    expect(await call({ password: 'x' })).toMatchObject({
      ok: false,
      failure: { code: 'internal.unexpected' },
    });
  });

  it('logs neither arguments nor values', async () => {
    const bridges = [
      bridge(async () => ({ name: ['Kestrel-secret'] })),
      bridge(() => Promise.reject(new ConsoleFailure('internal.unexpected'))),
      bridge(async () => ({ name: 'x' }), false),
    ];
    for (const { call, lines } of bridges) {
      await call({ password: 'Kestrel-secret' });
      await call({ password: ['Kestrel-secret'] });
      expect(lines.join()).not.toContain('Kestrel');
    }
  });
});
