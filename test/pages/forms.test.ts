import { request as send } from 'node:http';
import { describe, expect } from 'vitest';
import { apiTest } from '../fixtures/api.ts';
import { browserOf } from '../backend/desk-call.ts';
import { readPageRoutes } from './page-routes.ts';

const routes = await readPageRoutes();
const forms = routes.filter(({ method }) => method === 'POST').map(({ path }) => path);
const pages = routes.filter(({ method }) => method === 'GET').map(({ path }) => path);
/** A page of each route; a wildcard is replaced by a path that does not exist. */
const addressOf = (path: string) => path.replace(':token', 'unknown').replace('*', 'no-such-page');

const urlencoded = 'application/x-www-form-urlencoded';
const huge = 'a=b&'.repeat(20_000);
/** Media types and bodies that are not forms of the pages. */
const bodies = [
  ['text/plain', 'token=x'],
  ['text/plain; charset=utf-16', 'x'],
  ['application/json', '["x"]'],
  ['application/json', '"x"'],
  ['application/json', '7'],
  ['application/json', 'null'],
  ['application/json', '{"token":{"toString":null}}'],
  ['application/json', '{'],
  ['application/json', ''],
  ['application/octet-stream', '\u0000\u0001'],
  [
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="token"\r\n\r\nx\r\n--x--\r\n',
  ],
  ['multipart/form-data', 'x'],
  ['application/xml', '<x/>'],
  ['no media type', 'x'],
  ['', 'token=x'],
] as const;
/** Bodies of the right media type that no browser sends for the pages' forms. */
const oddForms = [
  '',
  '&&&=',
  'token',
  'token=%FF%FE%00',
  'token=%',
  'token=x&token=y&userName=a&userName=b&password=c&password=d&current=e&current=f&code=1&code=2',
  '__proto__=x&constructor=y&prototype=z&toString=a&hasOwnProperty=b',
  '__proto__[token]=x&token[]=y&token[a]=z',
  `token=${'x'.repeat(5000)}&userName=${'y'.repeat(5000)}&session=${'z'.repeat(5000)}`,
  'word=maybe&confirmed=maybe&question1=x&answer1=y',
] as const;

const it = apiTest
  .extend('post', ({ backend }) => (path: string, type: string, body: string, headers = {}) => {
    const same = { 'sec-fetch-site': 'same-origin' };
    return backend.ask('POST', path, body, { 'content-type': type, ...same, ...headers });
  })
  /** The cookies of a user who is signed in, so that forms are not refused for lack of a session. */
  .extend('signedIn', async ({ desk, backend, verifiedCase }) => {
    const grant = await desk.mint(verifiedCase.id, 'temporary-password');
    const { body } = await desk.reset(verifiedCase.id, grant.body.id, 'temporary-password', 'for-the-forms');
    const user = browserOf(backend.ask);
    await user.signIn('m.okafor', body.temporaryPassword ?? '');
    await user.choose('Quiet+Harbour7');
    const cookie = async () =>
      (await user.signIn('m.okafor', 'Quiet+Harbour7')).headers.get('set-cookie') ?? '';
    return { cookie: (await cookie()).split(';')[0] ?? '' };
  });

describe('every form of the pages', () => {
  it('is in the list that these tests walk', () => {
    expect(forms.length).toBeGreaterThanOrEqual(22);
    expect(forms).toContain('/login');
    expect(forms).toContain('/invitation');
    expect(forms).toContain('/account/authenticator/remove');
  });

  it('answers a body of any other media type with 415 and a text', async ({ post, signedIn, backend }) => {
    for (const path of forms) {
      for (const [type, body] of bodies) {
        const answer = await post(path, type, body, signedIn);
        expect([path, type, answer.status]).toEqual([path, type, 415]);
        expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
        expect(await answer.text()).toContain('This form could not be read, so nothing was changed.');
      }
    }
    expect(backend.lines.filter((line) => line.includes('unexpected'))).toEqual([]);
  }, 60_000);

  it('answers a body that is too large with 413 and a text', async ({ post, signedIn }) => {
    for (const path of forms) {
      const answer = await post(path, urlencoded, huge, signedIn);
      expect([path, answer.status]).toEqual([path, 413]);
      expect(await answer.text()).toContain('This form is too large, so nothing was changed.');
    }
  });

  it.for([
    ['signed in', true],
    ['not signed in', false],
  ] as const)(
    'never fails for odd fields, %s',
    { timeout: 60_000 },
    async ([_who, isSignedIn], { post, signedIn, backend }) => {
      for (const path of forms) {
        // This form ends the session.
        if (path === '/logout') continue;
        for (const body of oddForms) {
          const { status } = await post(path, urlencoded, body, isSignedIn ? signedIn : {});
          expect([path, body.slice(0, 40), status < 500 && status !== 429]).toEqual([
            path,
            body.slice(0, 40),
            true,
          ]);
        }
      }
      expect(backend.lines.filter((line) => line.includes('unexpected'))).toEqual([]);
    },
  );
});

describe('every page', () => {
  it('never fails for an odd query', { timeout: 60_000 }, async ({ backend, signedIn }) => {
    for (const path of pages) {
      const open = async (query: string) => {
        const answer = await backend.ask('GET', `${addressOf(path)}${query}`, undefined, signedIn);
        return { status: answer.status, text: await answer.text() };
      };
      const plain = await open('');
      for (const value of ['__proto__', 'constructor', 'toString', 'x&said=y', '', '%FF%00']) {
        expect([path, value, await open(`?said=${value}`)]).toEqual([path, value, plain]);
        for (const name of ['after', 'result', 'change', 'address'])
          expect([path, name, value, (await open(`?${name}=${value}`)).status < 500]).toEqual([
            path,
            name,
            value,
            true,
          ]);
      }
    }
  });
});

describe('a form that another site sent', () => {
  const foreign = [
    ['Sec-Fetch-Site: cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['Sec-Fetch-Site: same-site', { 'sec-fetch-site': 'same-site' }],
    ['Sec-Fetch-Site: an unknown value', { 'sec-fetch-site': 'x' }],
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['an Origin of the same name at another port', { origin: 'http://127.0.0.1:1' }],
    ['Origin: null', { origin: 'null' }],
    ['an Origin that is no address', { origin: 'x' }],
    ['an opaque Origin', { origin: 'data:' }],
  ] as const;

  it.for(foreign)('is refused by every form: %s', async ([_name, headers], { backend, signedIn }) => {
    for (const path of forms) {
      const answer = await backend.ask('POST', path, 'token=x', {
        'content-type': urlencoded,
        ...signedIn,
        ...headers,
      });
      expect([path, answer.status]).toEqual([path, 403]);
      expect(await answer.text()).toContain('This form was sent from another site, so nothing was changed.');
    }
  });

  it('is told from one of our own by every form', async ({ backend }) => {
    const own = [
      { 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'none' },
      { origin: backend.address() },
      {},
    ];
    for (const path of forms) {
      for (const headers of own) {
        // Without the headers of a browser, which `fetch` would add.
        const status = await new Promise((resolve, reject) => {
          const options = { method: 'POST', headers: { 'content-type': urlencoded, ...headers } };
          send(`${backend.address()}${path}`, options, ({ statusCode }) => resolve(statusCode))
            .on('error', reject)
            .end('token=x');
        });
        expect([path, headers, status]).not.toEqual([path, headers, 403]);
      }
    }
  });
});
