import type { FastifyReply, FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createSealed } from '../../store/sealed.ts';
import { createFormResults } from './form-results.ts';

/** A browser with one cookie, and a clock. */
function browser() {
  const clock = { at: 1_000_000 };
  let cookie: string | undefined;
  let to = '';
  const cookies = {
    read: () => cookie,
    set: (_reply: FastifyReply, _name: string, value: string) => {
      cookie = value;
    },
    clear: () => {
      cookie = undefined;
    },
  };
  const reply = {
    redirect: (path: string) => {
      to = path;
      return reply;
    },
  } as unknown as FastifyReply;
  const results = createFormResults(cookies, {
    sealed: createSealed(new Uint8Array(32)),
    now: () => clock.at,
  });
  const schema = z.object({ fault: z.string() });
  return {
    clock,
    results,
    reply,
    cookie: () => cookie ?? '',
    /** Sends a form; returns the address that the browser is sent to. */
    send: (path: string, result: unknown) => {
      results.redirect(reply, path, result);
      return to;
    },
    open: (url: string) => {
      const query = Object.fromEntries(new URL(url, 'http://desk').searchParams);
      return results.read({ url, query } as unknown as FastifyRequest, schema);
    },
    steal: (value: string) => {
      cookie = value;
    },
  };
}

describe('the result of a form', () => {
  it('is found at the address that the browser is sent to, as often as it is opened', () => {
    const { send, open } = browser();
    const to = send('/login?after=change-password', { fault: 'wrong' });
    expect(to).toMatch(/^\/login\?after=change-password&result=[\w-]{12}$/);
    for (let times = 0; times < 2; times += 1) expect(open(to)).toEqual({ fault: 'wrong' });
  });

  it('is found only at its own page, under its own id, until a later form', () => {
    const { send, open } = browser();
    const to = send('/login', { fault: 'wrong' });
    expect(open(to.replace('/login', '/forgot-password'))).toBeNull();
    expect(open('/login?result=AAAAAAAAAAAA')).toBeNull();
    expect(open('/login')).toBeNull();
    send('/login', { fault: 'later' });
    expect(open(to)).toBeNull();
  });

  it('is kept for five minutes', () => {
    const { send, open, clock } = browser();
    const to = send('/login', { fault: 'wrong' });
    clock.at += 299_999;
    expect(open(to)).not.toBeNull();
    clock.at += 1;
    expect(open(to)).toBeNull();
  });

  it('is not found once it was forgotten', () => {
    const { send, open, results, reply } = browser();
    const to = send('/login', { fault: 'wrong' });
    results.forget(reply);
    expect(open(to)).toBeNull();
  });

  it('can be neither read nor changed by the browser', () => {
    const { send, open, cookie, steal } = browser();
    const to = send('/login', { fault: 'wrong-password' });
    expect(Buffer.from(cookie(), 'base64url').toString('latin1')).not.toContain('wrong-password');
    const at = cookie().length - 2;
    steal(`${cookie().slice(0, at)}${cookie()[at] === 'A' ? 'B' : 'A'}${cookie().slice(at + 1)}`);
    expect(open(to)).toBeNull();
    steal('no sealed text');
    expect(open(to)).toBeNull();
  });

  it('of another form is not taken for one of this page', () => {
    const { send, open } = browser();
    expect(open(send('/login', { other: 1 }))).toBeNull();
  });
});
