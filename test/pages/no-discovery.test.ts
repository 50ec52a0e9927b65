import { importCsv } from '../backend/import-csv.ts';
import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultPolicy, type PolicyDocument } from '../../shared/api/policy.ts';
import { deskOf, linkFor } from '../backend/desk-call.ts';
import { startDeskWithSamples } from '../backend/desk-with-samples.ts';
import { startTestBackend } from '../backend/start-test-backend.ts';
import { startMailSink, type MailSink } from '../fixtures/mail-sink.ts';
import { mannWhitney } from './mann-whitney.ts';

const marlene = 'marlene.okafor@example.com';
const hour = 3_600_000;
/** The number of requests of each kind, and the minimum of p. */
const [eachKind, least] = [500, 0.01];

const csv = [
  'user name,display name,email,status,tier',
  'g.lane,Gwen Lane,gwen.lane@example.com,disabled,standard',
  's.hall,Sam Hall,sam.hall@example.com,no-local-password,standard',
  'e.moor,Eve Moor,eve.moor@example.com,expired,standard',
  'p.root,Pia Root,pia.root@example.com,active,privileged',
].join('\n');

interface Told {
  readonly status: number;
  /** The answer to the form itself, which redirects to the page with the text. */
  readonly form: { readonly status: number; readonly headers: IncomingHttpHeaders };
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly milliseconds: number;
}

const addressAt = (at: number) => `10.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}`;

describe('the pages do not reveal who has an account', () => {
  let sink: MailSink;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  let desk: ReturnType<typeof deskOf>;
  const agent = new Agent({ keepAlive: true });

  beforeEach(async () => {
    sink = await startMailSink();
    ({ backend, desk } = await startDeskWithSamples(sink.url, { trustProxy: 'loopback', pollIntervals: {} }));
  });
  afterEach(async () => {
    agent.destroy();
    await backend.stop();
    await sink.stop();
  });

  /** One request, as through a proxy. */
  const ask = (
    method: string,
    path: string,
    body: string,
    headers: Record<string, string>,
  ): Promise<Omit<Told, 'form' | 'milliseconds'>> =>
    new Promise((resolve, reject) => {
      const sent = request(`${backend.address()}${path}`, { method, agent, headers }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
      });
      sent.on('error', reject).end(body);
    });
  /** Sends one form from the computer `from`, and reads the page to which it leads; the time is the form's. */
  const send = async (path: string, form: Record<string, string>, from: string): Promise<Told> => {
    const started = performance.now();
    const answer = await ask('POST', path, new URLSearchParams(form).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
      'x-forwarded-for': from,
    });
    const milliseconds = performance.now() - started;
    const { location = '', 'set-cookie': cookies = [] } = answer.headers;
    if (!location.includes('result=')) return { ...answer, form: answer, milliseconds };
    const cookie = cookies.map((set) => set.split(';')[0]).join('; ');
    const page = await ask('GET', location, '', { cookie, 'x-forwarded-for': from });
    return { ...page, form: answer, milliseconds };
  };
  const forgot = (address: string, from = '10.0.0.1') => send('/forgot-password', { address }, from);
  const putInForce = async (selfService: Partial<PolicyDocument['selfService']>) => {
    const document = { ...defaultPolicy, selfService: { ...defaultPolicy.selfService, ...selfService } };
    const { body } = await desk.call<{ version: number }>('GET', '/policy');
    expect((await desk.call('PUT', '/policy', { basedOn: body.version, document })).status).toBe(200);
  };
  const headersWithoutNoise = (headers: IncomingHttpHeaders, typed: string) => {
    const { date: _date, 'x-ratelimit-remaining': _left, 'x-ratelimit-reset': _reset, ...kept } = headers;
    const { location, 'set-cookie': cookies = [] } = kept;
    return {
      ...kept,
      'content-length': location === undefined ? Number(kept['content-length']) - typed.length : 0,
      location: location?.replace(/result=[\w-]{12}$/, 'result=id'),
      // Its length is that of the typed text, in base64.
      'set-cookie': cookies.map((cookie) =>
        cookie.replace(
          /=([\w-]+);/,
          (_all, sealed: string) => `=${Math.floor((sealed.length * 3) / 4) - typed.length};`,
        ),
      ),
    };
  };
  const withoutNoise = ({ status, headers, text, form }: Told, typed: string) => ({
    status,
    headers: headersWithoutNoise(headers, typed),
    text: text.replaceAll(typed, 'typed'),
    form: { status: form.status, headers: headersWithoutNoise(form.headers, typed) },
  });
  const importSpecial = async () => {
    await importCsv(desk, {
      csv,
      fields: ['userName', 'displayName', 'email', 'status', 'tier'],
      header: true,
    });
  };
  const tokens = async () => {
    const answer = await backend.ask('POST', '/api/v1/session', {
      userName: 'ann',
      password: 'Kf7%xwqz-boats',
    });
    return (await answer.json()) as { accessToken: string };
  };

  type Try = (known: boolean, at: number) => Promise<Told>;

  /** Sends this many requests of each kind, in random order, `atOnce` at a time. Returns p of the difference between their times. */
  const chanceOf = async (attempt: Try, count: number, atOnce: number): Promise<number> => {
    const kinds = Array.from({ length: 2 * count }, (_, at) => ({ known: at % 2 === 0, key: Math.random() }));
    kinds.sort((a, b) => a.key - b.key);
    const times = { known: [] as number[], unknown: [] as number[] };
    let next = 0;
    const client = async () => {
      for (let at = next++; at < kinds.length; at = next++) {
        const known = kinds[at]?.known === true;
        times[known ? 'known' : 'unknown'].push((await attempt(known, at)).milliseconds);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, client));
    expect([times.known.length, times.unknown.length]).toEqual([count, count]);
    return mannWhitney(times.known, times.unknown);
  };
  /**
   * By chance alone, one run in a hundred fails, so a failure is confirmed by twice as many new requests: more requests show a real difference
   * better, and chance confirms a failure once in ten thousand.
   */
  const cannotTellApart = async (attempt: Try, atOnce: number): Promise<boolean> =>
    (await chanceOf(attempt, eachKind, atOnce)) > least ||
    (await chanceOf((known, at) => attempt(known, 2 * eachKind + at), 2 * eachKind, atOnce)) > least;

  it('by a request for a link, which has the same answer and headers for known and unknown addresses', async () => {
    const stranger = 'nobody.of.us00@example.com';
    const known = withoutNoise(await forgot(marlene), marlene);
    const unknown = withoutNoise(await forgot(stranger, '10.0.0.2'), stranger);
    expect(known).toEqual(unknown);
    expect(known.status).toBe(200);
    expect(known.text).toContain(
      'belongs to an account, we have sent a reset link to its email address on file.',
    );
  });

  it('a request for a link: a Mann-Whitney test cannot tell 500 known from 500 unknown ones by their time', async () => {
    await putInForce({ perAddress: 100_000, perNetwork: 100_000 });
    sink.discard();
    const alike = await cannotTellApart(
      (known, at) => forgot(known ? marlene : 'nobody.of.us00@example.com', addressAt(at)),
      1,
    );
    expect(alike).toBe(true);
  }, 120_000);

  it('a sign-in: a Mann-Whitney test cannot tell 500 known from 500 unknown names by their time', async () => {
    sink.discard();
    const alike = await cannotTellApart(
      (known, at) =>
        send('/login', { userName: known ? 'm.okafor' : 'x.nobody', password: 'wrong' }, addressAt(at)),
      8,
    );
    expect(alike).toBe(true);
  }, 600_000);

  it('by a sign-in, which shows the same page for a wrong name, a wrong password and a lock', async () => {
    const pages = new Set<string>();
    for (let tries = 0; tries < 7; tries += 1) {
      const { text, status } = await send('/login', { userName: 'm.okafor', password: 'wrong' }, '10.0.0.1');
      pages.add(`${status}${text.replaceAll('m.okafor', 'typed')}`);
    }
    const { text, status } = await send('/login', { userName: 'x.nobody', password: 'wrong' }, '10.0.0.1');
    pages.add(`${status}${text.replaceAll('x.nobody', 'typed')}`);
    expect(pages.size).toBe(1);
    const { subject, text: mail } = await sink.mailTo(marlene);
    expect([subject, mail]).toEqual([
      'Why you cannot sign in',
      expect.stringContaining('locked temporarily'),
    ]);
  });

  it.each([
    ['disabled', { disabled: 1 as const }],
    ['frozen', { frozen_at: 1 }],
    ['expired', { expires_at: 1 }],
    ['without a local password', { local_password: 0 as const }],
    ['locked', { failed_sign_ins: 5, locked_since: Date.parse('2026-03-01T09:00:00Z') }],
    ['locked until the help desk unlocks it', { failed_sign_ins: 0, locked_since: 1 }],
  ])(
    'a sign-in with the right password: the same answer for an account that is %s as for no account',
    async (_state, columns) => {
      await forgot(marlene);
      const token = (await linkFor(sink, marlene)).replace('/reset/', '');
      const password = 'Quiet+Harbour7';
      await send('/reset', { token, password, repeated: password }, '10.0.0.1');
      await backend.changeRows((db) =>
        db.updateTable('accounts').set(columns).where('user_name', '=', 'm.okafor').execute(),
      );
      const refused = await send('/login', { userName: 'm.okafor', password }, '10.0.0.1');
      const unknown = await send('/login', { userName: 'x.nobody', password }, '10.0.0.2');
      expect(withoutNoise(refused, 'm.okafor')).toEqual(withoutNoise(unknown, 'x.nobody'));
      expect(refused.status).toBe(401);
      // Refusals are delayed to a multiple of 250 ms.
      for (const { milliseconds } of [refused, unknown])
        expect(Math.ceil(milliseconds)).toBeGreaterThanOrEqual(250);
    },
  );

  it('a sign-in: the page says for how long the policy in force locks an account', async () => {
    const { text } = await send('/login', { userName: 'x.nobody', password: 'wrong' }, '10.0.0.1');
    expect(text).toContain('after several wrong attempts, wait 15 minutes.');
    const { body } = await desk.call<{ version: number }>('GET', '/policy');
    const document = { ...defaultPolicy, signIn: { ...defaultPolicy.signIn, lockFor: 2 * 3600 } };
    expect((await desk.call('PUT', '/policy', { basedOn: body.version, document })).status).toBe(200);
    const later = await send('/login', { userName: 'x.nobody', password: 'wrong' }, '10.0.0.1');
    expect(later.text).toContain('after several wrong attempts, wait 2 hours.');
  });

  it('a sign-in: the 61st of a minute from one network is refused whatever addresses the client names', async () => {
    const alone = await startTestBackend(sink.url);
    const tryFrom = async (from: string) => {
      const answer = await alone.ask('POST', '/login', 'userName=x.nobody&password=wrong', {
        'content-type': 'application/x-www-form-urlencoded',
        'x-forwarded-for': from,
      });
      return { status: answer.status, text: await answer.text() };
    };
    const first = await Promise.all(Array.from({ length: 60 }, (_, at) => tryFrom(addressAt(at))));
    expect(new Set(first.map(({ status }) => status))).toEqual(new Set([303]));
    const next = await tryFrom('10.9.9.9');
    expect(next.status).toBe(429);
    expect(next.text).toContain('Too many attempts from this computer.');
    await alone.stop();
  });

  it.each([
    ['gwen.lane@example.com', 'Your account is disabled'],
    ['sam.hall@example.com', 'Your organisation manages your password elsewhere'],
    ['eve.moor@example.com', 'Your account has expired'],
    ['pia.root@example.com', 'an email alone is not enough'],
  ])('tell the owner of %s the obstacle by mail only', async (address, words) => {
    await importSpecial();
    const answer = withoutNoise(await forgot(address), address);
    expect(answer).toEqual(withoutNoise(await forgot(marlene, '10.0.0.2'), marlene));
    const { subject, text } = await sink.mailTo(address);
    expect(subject).toBe('About your password reset request');
    expect(text?.replaceAll(/\s+/g, ' ')).toContain(words);
    expect(text).not.toContain('/reset/');
  });

  it('slow requests for one address down whether it is known or not', async () => {
    for (const [address, network] of [
      [marlene, 1],
      ['nobody@example.com', 2],
    ] as const) {
      for (let times = 0; times < 3; times += 1)
        expect((await forgot(address, `10.0.${network}.${times}`)).status).toBe(200);
      const slowed = await forgot(address, `10.0.${network}.9`);
      expect([slowed.status, slowed.headers['retry-after']]).toEqual([429, '3600']);
      expect(slowed.text).toContain('in 1 hour.');
      backend.clock.at += hour + 1;
      expect((await forgot(address, `10.0.${network}.9`)).status).toBe(200);
      backend.clock.at += hour + 1;
    }
  });

  it('send one account five links a day at most', async () => {
    const id = await desk.accountId('m.okafor');
    for (let times = 0; times < 5; times += 1) {
      await forgot(marlene);
      expect(await linkFor(sink, marlene)).toMatch(/^\/reset\//);
      backend.clock.at += hour + 1;
    }
    await forgot(marlene);
    await forgot('nobody@example.com');
    await expect
      .poll(async () => {
        const { accessToken } = await tokens();
        const { body } = await deskOf(backend.ask, accessToken).call<{
          entries: { facts: { answer?: string } }[];
        }>('GET', `/accounts/${id}/timeline`);
        return body.entries.some(({ facts }) => facts.answer === 'too-many');
      })
      .toBe(true);
  });
});
