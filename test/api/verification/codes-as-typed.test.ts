import { importCsv } from '../../backend/import-csv.ts';
import { describe, expect } from 'vitest';
import type { CaseView } from '../../../shared/api/case.ts';
import type { CheckKind } from '../../../shared/api/check.ts';
import type { NextStep } from '../../../shared/api/session.ts';
import { apiTest, newBackendTest } from '../../fixtures/api.ts';
import { browserOf, codeFor, linkFor } from '../../backend/desk-call.ts';
import { enrol } from '../../backend/enrol.ts';
import { codeAt, join, type Person } from '../../backend/join-operator.ts';

const inScript = (zero: number) => (code: string) =>
  code.replaceAll(/[0-9]/g, (digit) => String.fromCodePoint(zero + Number(digit)));
const fullWidth = (code: string) =>
  [...code].map((sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0)).join('');

/** The ways in which people and programs write a right code. */
const notations: Readonly<Record<string, (code: string) => string>> = {
  'in full-width characters': fullWidth,
  'in Arabic digits': inScript(0x0660),
  'in Devanagari digits': inScript(0x0966),
  'in bold mathematical digits': inScript(0x1d7ce),
  'in groups': (code) => `${code.slice(0, 3)} ${code.slice(3)}`,
  'with a dash': (code) => `${code.slice(0, 3)}–${code.slice(3)}`,
  'with blanks that do not break': (code) => `\u00A0${code.slice(0, 3)}\u202F${code.slice(3)}\u00A0`,
  'with invisible characters': (code) => `\uFEFF\u200B${code.slice(0, 2)}\u2060${code.slice(2)}\u200E`,
  'with a line end': (code) => `${code}\r\n`,
  'in quotes and with a full stop': (code) => `“${code}”.`,
};
/** Texts that cannot be a code. */
const noCodes = [
  '１２３',
  '١',
  'abcdef',
  '½½½½½½',
  '\u{1F511}'.repeat(6),
  '\uD800',
  '123456789012',
  '0'.repeat(90),
  '-',
  '0x1F',
  '1e5',
  '[]',
  '%00',
];

const step = 30_000;
const bob: Person = {
  userName: 'bob',
  displayName: 'Bob Example',
  password: 'Quiet+Harbour7',
  roles: ['operator'],
};

describe('a code as it is typed by an operator', () => {
  const it = newBackendTest
    .extend('bob', ({ backend, tokens }) => join(backend, tokens.accessToken, bob))
    .extend('post', ({ backend }) => async (path: string, body: object, token?: string) => {
      const answer = await backend.ask('POST', `/api/v1${path}`, body, {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    });

  it('signs in', async ({ bob: { secret }, post, backend }) => {
    const begin = async () =>
      (await post('/session', { userName: 'bob', password: bob.password })).body as unknown as NextStep;
    for (const [what, written] of Object.entries(notations)) {
      backend.clock.at += step;
      const { ticket } = await begin();
      const answer = await post('/session/code', { ticket, code: written(codeAt(secret, backend.clock.at)) });
      expect([what, answer.status]).toEqual([what, 200]);
    }
    for (const code of noCodes) {
      backend.clock.at += 24 * 60 * 60_000;
      const { ticket } = await begin();
      expect((await post('/session/code', { ticket, code })).status).toBeLessThan(500);
    }
  });

  it('signs in as a recovery code', async ({ bob: { recoveryCodes }, post, backend }) => {
    for (const [at, [what, written]] of Object.entries(notations).entries()) {
      backend.clock.at += step;
      const { ticket } = (await post('/session', { userName: 'bob', password: bob.password }))
        .body as unknown as NextStep;
      const answer = await post('/session/code', { ticket, code: written(recoveryCodes[at] ?? '') });
      expect([what, answer.status]).toEqual([what, 200]);
    }
  });

  it('proves who they are again', async ({ bob: { secret, tokens }, post, backend }) => {
    let { refreshToken } = tokens;
    for (const [what, written] of Object.entries(notations)) {
      backend.clock.at += step;
      const code = written(codeAt(secret, backend.clock.at));
      const answer = await post('/session/reauthenticate', { refreshToken, code });
      expect([what, answer.status]).toEqual([what, 200]);
      refreshToken = String(answer.body['refreshToken']);
    }
    for (const code of noCodes.slice(0, 4))
      expect((await post('/session/reauthenticate', { refreshToken, code })).status).toBeLessThan(500);
  });

  it('confirms an authenticator', async ({ bob: { tokens, secret: first }, post, backend }) => {
    let { refreshToken, accessToken } = tokens;
    let current = first;
    for (const [what, written] of Object.entries(notations)) {
      backend.clock.at += step;
      const code = codeAt(current, backend.clock.at);
      const fresh = (await post('/session/reauthenticate', { refreshToken, code })).body;
      [refreshToken, accessToken] = [String(fresh['refreshToken']), String(fresh['accessToken'])];
      const { ticket, secret } = (await post('/me/second-factor', {}, accessToken)).body as {
        ticket: string;
        secret: string;
      };
      for (const none of noCodes.slice(0, 3))
        expect(
          (await post('/me/second-factor/confirm', { ticket, code: none }, accessToken)).status,
        ).toBeLessThan(500);
      const answer = await post(
        '/me/second-factor/confirm',
        { ticket, code: written(codeAt(secret, backend.clock.at)) },
        accessToken,
      );
      expect([what, answer.status]).toEqual([what, 200]);
      current = secret;
    }
  });

  it('confirms an authenticator at the first sign-in only if it is right', async ({
    desk,
    backend,
    post,
  }) => {
    for (const [what, written] of Object.entries(notations).slice(0, 3)) {
      const person = { ...bob, userName: `bob-${what.replaceAll(' ', '-').toLowerCase()}` };
      const joined = await join(backend, desk.token, person, written);
      expect([what, joined.recoveryCodes.length]).toEqual([what, 10]);
      const { ticket } = (await post('/session', { userName: person.userName, password: bob.password }))
        .body as unknown as NextStep;
      for (const code of noCodes.slice(0, 2))
        expect((await post('/session/enrolment/confirm', { ticket, code })).status).toBeLessThan(500);
    }
  });
});

describe('the setup code', () => {
  const it = newBackendTest;
  it.for([
    ['with blanks around it', (code: string) => `\u00A0${code}\r\n`],
    ['in quotes and with a full stop', (code: string) => `“${code}”.`],
    ['with invisible characters', (code: string) => `\uFEFF${code.slice(0, 5)}\u200B${code.slice(5)}`],
    ['with other dashes', (code: string) => code.replaceAll('-', '–')],
    ['in full-width characters', fullWidth],
  ] as const)('is read %s', async ([, written], { backend }) => {
    expect(await backend.setUp(written)).toHaveProperty('accessToken');
  });
});

describe('a code as an operator types what the caller reads out', () => {
  type Answered = { outcome?: string; case: CaseView; code?: string };
  const it = apiTest
    /** One person for each notation, since a check passes once in a case. */
    .extend('people', { auto: true }, async ({ desk }) => {
      const people = Object.keys(notations).map((_, at) => `person${at}`);
      const csv = people.map((name, at) => `${name},Person ${at},${name}@example.com,+49 555 010020${at}`);
      await importCsv(desk, { csv: csv.join('\n'), fields: ['userName', 'displayName', 'email', 'phone'] });
      return people;
    })
    .extend(
      'attempt',
      ({ desk }) =>
        async (person: string, kind: CheckKind, codeOf: () => string | Promise<string>) => {
          const opened = await desk.openCase(person);
          const started = await desk.call<{ case: CaseView }>('POST', `/cases/${opened.id}/checks`, { kind });
          const check = started.body.case.checks.find((row) => row.kind === kind)?.attempt?.id ?? '';
          const answer = (code: string) =>
            desk.call<Answered>('POST', `/cases/${opened.id}/checks/${check}/answer`, { kind, code });
          for (const code of noCodes) expect((await answer(code)).status).toBeLessThan(500);
          return (await answer(await codeOf())).body.outcome;
        },
    );
  const written = Object.entries(notations).map(([what, write], at) => ({
    what,
    write,
    person: `person${at}`,
  }));

  it('passes an emailed code', async ({ attempt, mailSink }) => {
    for (const { what, write, person } of written) {
      const outcome = await attempt(person, 'emailed-code', async () =>
        write(await codeFor(mailSink, `${person}@example.com`)),
      );
      expect([what, outcome]).toEqual([what, 'passed']);
    }
  });

  it('passes a texted code', async ({ attempt, textGateway }) => {
    for (const [at, { what, write, person }] of written.entries()) {
      const outcome = await attempt(person, 'texted-code', async () => {
        await expect.poll(() => textGateway.texts.length).toBe(at + 1);
        return write((/(\d{3} \d{3})/.exec(textGateway.texts[at]?.text ?? '')?.[1] ?? '').replace(' ', ''));
      });
      expect([what, outcome]).toEqual([what, 'passed']);
    }
  });

  it('passes a code of an authenticator or a recovery code', async ({ attempt, backend, desk }) => {
    for (const { what, write, person } of written) {
      const { codeAt: codeNow, recoveryCodes } = await enrol(backend, await desk.accountId(person));
      backend.clock.at += step;
      const shown = await attempt(person, 'authenticator-code', () => write(codeNow(backend.clock.at)));
      const saved = await attempt(person, 'recovery-code', () => write(recoveryCodes[0] ?? ''));
      expect([what, shown, saved]).toEqual([what, 'passed', 'passed']);
    }
  });
});

describe('a code as a user types it at the pages', () => {
  const marlene = 'marlene.okafor@example.com';
  const password = 'Quiet+Harbour7';
  const it = apiTest.extend('user', async ({ backend, mailSink }) => {
    const user = browserOf(backend.ask);
    await user.go('POST', '/forgot-password', { address: marlene });
    const token = (await linkFor(mailSink, marlene)).split('/').at(-1) ?? '';
    await user.go('POST', '/reset', { token, password, repeated: password });
    await mailSink.mailTo(marlene);
    return user;
  });

  it('signs in with a code of an authenticator or a recovery code', async ({ user, backend, desk }) => {
    const { codeAt: codeNow, recoveryCodes } = await enrol(backend, await desk.accountId('m.okafor'));
    for (const [at, [what, written]] of Object.entries(notations).entries()) {
      backend.clock.at += 30 * 60_000;
      for (const code of [codeNow(backend.clock.at), recoveryCodes[at] ?? '']) {
        expect((await user.signIn('m.okafor', password)).to).toBe('/login/code');
        for (const none of [noCodes[at] ?? ''])
          expect((await user.go('POST', '/login/code', { code: none })).status).toBeLessThan(500);
        const { to } = await user.go('POST', '/login/code', { code: written(code) });
        expect([what, to]).toEqual([what, expect.stringMatching(/^\/account/)]);
        await user.go('POST', '/logout');
      }
    }
  });

  it('confirms an authenticator', async ({ user, backend }) => {
    await user.signIn('m.okafor', password);
    for (const [what, written] of Object.entries(notations).slice(0, 1)) {
      const shown = (await user.go('POST', '/account/authenticator/begin', { current: password })).text;
      const { text } = shown.includes('name="enrolment"')
        ? { text: shown }
        : await user.go('GET', '/account/authenticator/confirm');
      const enrolment = /name="enrolment" value="([^"]+)"/.exec(text)?.[1] ?? '';
      const secret = (/([A-Z2-7]{4}(?: ?[A-Z2-7]{4}){7})/.exec(text)?.[1] ?? '').replaceAll(' ', '');
      for (const code of noCodes)
        expect(
          (await user.go('POST', '/account/authenticator/confirm', { enrolment, code })).status,
        ).toBeLessThan(500);
      const { to } = await user.go('POST', '/account/authenticator/confirm', {
        enrolment,
        code: written(codeAt(secret, backend.clock.at)),
      });
      expect([what, to]).toEqual([what, '/account/authenticator?said=set']);
    }
  });

  it('proves a new address', async ({ user, backend, mailSink }) => {
    for (const [at, [what, written]] of Object.entries(notations).entries()) {
      backend.clock.at += 30 * 60_000;
      await user.signIn('m.okafor', password);
      const address = `marlene.private${at}@example.org`;
      const asked = await user.go('POST', '/account/contact/email', { value: address, current: password });
      const change = /change=([\w-]+)/.exec(asked.to ?? '')?.[1] ?? '';
      const code = written(await codeFor(mailSink, address));
      const { to } = await user.go('POST', '/account/contact/code', { change, code });
      expect([what, to]).toEqual([what, '/account/contact?said=email']);
    }
  });
});
