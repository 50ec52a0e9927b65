import { importCsv } from '../../backend/import-csv.ts';
import { describe, expect } from 'vitest';
import type { PolicyView } from '../../../shared/api/policy-calls.ts';
import { apiTest } from '../../fixtures/api.ts';
import { browserOf, linkFor } from '../../backend/desk-call.ts';

const marlene = 'marlene.okafor@example.com';
const password = 'Quiet+Harbour7';
const csv = [
  'jane.doe,Jane Doe,jane.doe@example.com,004711',
  'kai,Kai Huber,kai@bücher.example,4712',
  'uwe,Uwe Huber,uwe@xn--bcher-kva.example,',
  'front1,Front One,front@example.com,900',
  'front2,Front Two,front@example.com,0900',
  'nomail,Nora Mail,,4713',
  'lee,Lee Park,lee@example.com,A-00123',
  'mia,Mia Stone,mia@example.com,B00456',
].join('\n');

const it = apiTest
  .extend('people', { auto: true }, async ({ desk }) => {
    await importCsv(desk, { csv, fields: ['userName', 'displayName', 'email', 'employeeNumber'] });
  })
  .extend('user', ({ backend }) => browserOf(backend.ask))
  .extend(
    'forgot',
    ({ user }) =>
      (address: string) =>
        user.go('POST', '/forgot-password', { address }),
  )
  /** Sets a password for the account at an address, through a link of its own. */
  .extend('choose', ({ user, forgot, mailSink }) => async (address: string) => {
    await forgot(address);
    const token = (await linkFor(mailSink, address)).split('/').at(-1) ?? '';
    await user.go('POST', '/reset', { token, password, repeated: password });
    await mailSink.mailTo(address);
  });

const namesOfJane = [
  'jane.doe',
  'JANE.DOE',
  'CORP\\jane.doe',
  '.\\jane.doe',
  'CORP/jane.doe',
  'jane.doe@example.com',
  'Jane.Doe@Example.COM',
  'jane.doe@corp.example.com',
  'Doe, Jane <jane.doe@example.com>',
  'mailto:jane.doe@example.com',
  '“jane.doe@example.com”;',
  '\u200Bjane.doe\u00A0',
  'ｊａｎｅ．ｄｏｅ',
  '004711',
  '4711',
  '#004711',
];

describe('a user is known', () => {
  it('at the sign-in by every name that they know of themselves', async ({ choose, user }) => {
    await choose('jane.doe@example.com');
    for (const name of namesOfJane) {
      const { to } = await user.signIn(name, password);
      expect([name, to]).toEqual([name, expect.stringMatching(/^\/account/)]);
      await user.go('POST', '/logout');
    }
  });

  it('at “Forgot password?” by the same names', async ({ backend, forgot, mailSink, desk }) => {
    const { body } = await desk.call<PolicyView>('GET', '/policy');
    const selfService = { ...body.document.selfService, perAccount: 100, perAddress: 100 };
    await desk.call('PUT', '/policy', { basedOn: body.version, document: { ...body.document, selfService } });
    for (const name of namesOfJane) {
      backend.clock.at += 1000;
      expect((await forgot(name)).text).toContain('Check your email');
      expect([name, await linkFor(mailSink, 'jane.doe@example.com')]).toEqual([
        name,
        expect.stringMatching(/^\/reset\//),
      ]);
    }
  });

  it('by an employee number with and without the signs between its parts', async ({ choose, user }) => {
    await choose('lee@example.com');
    await choose('mia@example.com');
    for (const number of [
      'A-00123',
      'a00123',
      'A 00123',
      'A/00123',
      'A–00123',
      'B00456',
      'b-00456',
      'B_00456',
    ]) {
      const { to } = await user.signIn(number, password);
      expect([number, to]).toEqual([number, expect.stringMatching(/^\/account/)]);
      await user.go('POST', '/logout');
    }
    expect((await user.signIn('A-0012', password)).status).toBe(401);
  });

  it.for([
    ['kai@bücher.example', 'kai@bücher.example'],
    ['kai@xn--bcher-kva.example', 'kai@bücher.example'],
    ['KAI@BÜCHER.example', 'kai@bücher.example'],
    ['uwe@bücher.example', 'uwe@xn--bcher-kva.example'],
    ['uwe@xn--bcher-kva.example', 'uwe@xn--bcher-kva.example'],
  ])(
    'by the address %s in either notation of its domain',
    async ([typed = '', address = ''], { forgot, mailSink }) => {
      await forgot(typed);
      // The mail server gets the domain in ASCII or in Unicode.
      const known = [address.replace('bücher', 'xn--bcher-kva'), address.replace('xn--bcher-kva', 'bücher')];
      expect(await Promise.race(known.map((to) => linkFor(mailSink, to)))).toMatch(/^\/reset\//);
    },
  );

  it.for(['front@example.com', '00900', '09000', 'nobody', '@example.com', 'CORP\\', ':', '4711:wrong'])(
    'not by %s, which several or no accounts have',
    async (name, { choose, user }) => {
      await choose(marlene);
      expect((await user.signIn(name, password)).status).toBe(401);
    },
  );

  it('not by mail without an address on file', async ({ backend, forgot }) => {
    await forgot('nomail');
    await expect
      .poll(async () =>
        (await backend.readAudit()).filter(({ action }) => action === 'self-service.link-requested'),
      )
      .toMatchObject([{ outcome: 'refused' }]);
  });

  it('under every name when wrong passwords are counted', async ({ choose, user }) => {
    await choose('jane.doe@example.com');
    for (const name of namesOfJane.slice(0, 4)) expect((await user.signIn(name, 'wrong')).status).toBe(401);
    expect((await user.signIn('4711', password)).to).toMatch(/^\/account/);
    await user.go('POST', '/logout');
    for (const name of namesOfJane.slice(4, 9)) await user.signIn(name, 'wrong');
    expect((await user.signIn('jane.doe', password)).status).toBe(401);
  });
});

describe('a list of cases', () => {
  it('is narrowed to one account by its names in any notation', async ({ desk }) => {
    const { id } = await desk.openCase('jane.doe');
    await desk.openCase('m.okafor');
    const casesOf = async (account: string) => {
      const { body } = await desk.call<{ cases: { id: string }[] }>(
        'GET',
        `/cases?account=${encodeURIComponent(account)}`,
      );
      return body.cases.map((row) => row.id);
    };
    for (const name of namesOfJane.slice(0, 9)) expect([name, await casesOf(name)]).toEqual([name, [id]]);
    expect(await casesOf('nobody')).toEqual([]);
    expect(await casesOf('kai')).toEqual([]);
  });
});

describe('the filter of the audit log and the list of a required reset', () => {
  it('know an account by its names in any notation', async ({ desk }) => {
    await desk.openCase('jane.doe');
    for (const name of namesOfJane) {
      const { body: log } = await desk.call<{ events: { action: string }[] }>(
        'GET',
        `/audit/events?account=${encodeURIComponent(name)}`,
      );
      expect([name, log.events.map(({ action }) => action)]).toEqual([
        name,
        expect.arrayContaining(['case.opened']),
      ]);
    }
    const audience = { kind: 'list', names: [...namesOfJane, 'nobody:Secret-1', 'front@example.com'] };
    const { body } = await desk.call<{ accounts: number; unknown: readonly string[] }>(
      'POST',
      '/required-reset-previews',
      { audience },
    );
    expect(JSON.stringify(body)).not.toContain('Secret');
    expect(body).toMatchObject({ accounts: 3, unknown: { count: 1, names: ['nobody'] } });
  });
});

describe('a password that was pasted after a name', () => {
  const secret = 'Harbour-Secret-77';
  it('is neither stored, logged nor shown', async ({ user, forgot, backend, desk }) => {
    for (const name of ['jane.doe', 'jane.doe@example.com', 'CORP\\jane.doe', 'nobody@example.com']) {
      const pasted = `${name}:${secret}`;
      for (const answer of [await user.signIn(pasted, 'wrong'), await forgot(pasted)])
        expect(answer.text).not.toContain(secret);
      const found = await desk.call<object>('GET', `/accounts?q=${encodeURIComponent(pasted)}`);
      expect(JSON.stringify({ ...found.body, q: '' })).not.toContain(secret);
      await backend.ask('POST', '/api/v1/session', { userName: pasted, password: 'wrong' });
    }
    expect(JSON.stringify(await backend.readAudit())).not.toContain(secret);
    expect(JSON.stringify(await backend.readTables())).not.toContain(secret);
  });
});

describe('a link', () => {
  it.for(['.', '>', ')', '),', '%20', '%C2%A0', '/', '”', '%E2%80%8B', '*', '_'])(
    'works with %s behind it',
    async (tail, { user, forgot, mailSink }) => {
      await forgot(marlene);
      const path = `${await linkFor(mailSink, marlene)}${tail}`;
      const { status, text } = await user.go('GET', encodeURI(decodeURI(path)));
      expect(status).toBe(200);
      const token = /name="token" value="([^"]+)"/.exec(text)?.[1] ?? '';
      expect(token).toMatch(/^[\w-]{43}$/);
      const done = await user.go('POST', '/reset', {
        token: `${token}${tail === '/' ? '' : tail}`,
        password,
        repeated: password,
      });
      expect(done.to).toBe('/reset/done');
    },
  );
});

describe('a temporary password', () => {
  const written: Readonly<Record<string, (value: string) => string>> = {
    'with a blank behind it': (value) => `${value} `,
    'with a line end': (value) => `${value}\r\n`,
    'with a blank that does not break': (value) => `\u00A0${value}`,
    'with an invisible character': (value) => `${value}\u200B`,
    'with other dashes': (value) => value.replaceAll('-', '–'),
    'with blanks around the dashes': (value) => value.replaceAll('-', ' - '),
    'in quotes': (value) => `“${value}”`,
  };
  it('signs in however it was pasted', async ({ verifiedCase, desk, user }) => {
    const grant = await desk.mint(verifiedCase.id, 'temporary-password');
    const { body } = await desk.reset(verifiedCase.id, grant.body.id, 'temporary-password', 'press-one');
    const value = body.temporaryPassword ?? '';
    expect(value).not.toBe('');
    for (const [what, write] of Object.entries(written)) {
      for (let wrong = 0; wrong < 4; wrong += 1)
        expect((await user.signIn('m.okafor', write(`${value}x`))).status).toBe(401);
      expect([what, (await user.signIn('m.okafor', write(value))).to]).toEqual([what, '/change-password']);
      await user.go('POST', '/logout');
    }
    expect((await user.signIn('m.okafor', written['in quotes']?.(value) ?? '')).to).toBe('/change-password');
    const again = await user.choose(`${value} `);
    expect(again.text).toContain('used');
  });
});
