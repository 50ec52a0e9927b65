import { describe, expect } from 'vitest';
import { browserOf } from '../backend/desk-call.ts';
import { startFaultyProxy, type FaultyProxy } from '../fixtures/faulty-proxy.ts';
import { startPassword } from './lab.ts';
import type { DeskTest } from './desk-test.ts';

const silence = 'directory does not answer';

/** What a page says: the notice, or the title of the page it led to. */
const said = (text: string): string => /role="alert">([^<]*)/.exec(text)?.[1] ?? text;

/** The self-service pages while the directory does not answer, and what they tell outsiders of names. */
export function describeUnanswered(pagesTest: DeskTest): void {
  const it = pagesTest
    .extend('backendOptions', { strangersPerMinute: 10_000 })
    .extend('line', async ({ lab }, { onCleanup }) => {
      let proxy: FaultyProxy | undefined;
      const bridge = await lab.through(async (target) => (proxy = await startFaultyProxy(target)));
      if (proxy === undefined) throw new Error('The bridge has no proxy');
      onCleanup(() => bridge.stop());
      return { ...bridge, proxy };
    })
    /** An account of this test whose password is the start password. */
    .extend('pat', async ({ lab }, { onCleanup }) => {
      const userName = 'pat.pages';
      await lab.add({ userName, displayName: 'Pat Pages', email: `${userName}@example.com` });
      onCleanup(() => lab.remove(userName));
      return userName;
    })
    .extend('connected', async ({ lab, pat: _pat, line, connect, hasRead }) => {
      await connect(lab.settingsAt(line.address));
      await hasRead();
    });
  const strangers = Array.from({ length: 10 }, (_none, at) => `stranger${at}.nobody`);

  describe('a directory that does not answer', () => {
    it('is reported as silent at the sign-in of known and unknown names, which counts as no attempt', async ({
      backend,
      desk,
      lab,
      pat,
      line,
      connected: _connected,
    }) => {
      await line.stop();
      const signIn = async (userName: string, password: string) =>
        said((await browserOf(backend.ask).signIn(userName, password)).text);
      expect(await signIn(pat, startPassword)).toContain(silence);
      for (let tries = 0; tries < 6; tries += 1)
        expect(await signIn(pat, 'Wrong-4711-Passw0rd')).toContain(silence);
      const ofStrangers = await Promise.all(strangers.map((name) => signIn(name, startPassword)));
      // Some take the course of the built-in directory, each time the same.
      expect(ofStrangers.some((notice) => notice.includes(silence))).toBe(true);
      expect(ofStrangers.some((notice) => notice.includes('is wrong'))).toBe(true);
      expect(await Promise.all(strangers.map((name) => signIn(name, startPassword)))).toEqual(ofStrangers);
      const { body } = await desk.call<{ entries: { action: string }[] }>(
        'GET',
        `/accounts/${await desk.accountId(pat)}/timeline`,
      );
      const actions = body.entries.map(({ action }) => action);
      expect(actions).toContain('account.password-not-checked');
      expect(actions).not.toContain('account.sign-in-failed');
      const directory = lab.connect();
      const key = await lab.keyOf(pat);
      expect(await directory.read(key)).toMatchObject({ lockedSince: null });
      await directory.close();
      expect(backend.lines.join('\n')).toMatch(/"event":"directory-fault".*"call":"verifyPassword"/);
    });

    it('is reported as silent when a user changes their password, which is not called wrong', async ({
      backend,
      pat,
      line,
      connected: _connected,
    }) => {
      const browser = browserOf(backend.ask);
      expect((await browser.signIn(pat, startPassword)).status).toBe(303);
      await line.stop();
      const next = 'Chosen-4712-Lavender';
      const form = { current: startPassword, password: next, repeated: next };
      const answer = await browser.go('POST', '/change-password', form);
      expect([answer.status, said(answer.text)]).toEqual([502, expect.stringContaining('did not answer')]);
      expect(answer.text).toContain('Your password is unchanged');
    });
  });

  describe('an outsider', () => {
    it('causes as many requests to the directory by an unknown name as by a known one', async ({
      backend,
      pat,
      line,
      connected: _connected,
    }) => {
      const requestsOnce = async (userName: string) => {
        const before = line.proxy.requests();
        const { text } = await browserOf(backend.ask).signIn(userName, 'Wrong-4711-Passw0rd');
        expect(said(text)).toContain('is wrong');
        return line.proxy.requests() - before;
      };
      // Opens the connection of the service account.
      await requestsOnce(pat);
      const ofKnown = Math.min(await requestsOnce(pat), await requestsOnce(pat), await requestsOnce(pat));
      expect(ofKnown).toBeGreaterThan(0);
      const seen = new Set<number>();
      for (const name of strangers) {
        let requests = -1;
        // The feed's requests may fall among those of one try.
        while (requests !== 0 && requests !== ofKnown) requests = await requestsOnce(name);
        seen.add(requests);
      }
      // None is the course of the built-in directory.
      expect(seen).toEqual(new Set([0, ofKnown]));
    });

    it('causes no request to the directory by “Forgot password?”', async ({
      backend,
      pat,
      line,
      connected: _connected,
    }) => {
      const before = line.proxy.requests();
      const open = line.proxy.blackHole();
      line.proxy.forget();
      const ask = async (address: string) =>
        browserOf(backend.ask).go('POST', '/forgot-password', { address });
      const [known, unknown] = [await ask(pat), await ask('nobody.at.all')];
      expect([known.status, known.to]).toEqual([unknown.status, unknown.to]);
      expect(line.proxy.requests()).toBe(before);
      open();
    });
  });
}
