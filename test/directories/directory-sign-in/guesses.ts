import { expect } from 'vitest';
import { startFaultyProxy, type FaultyProxy } from '../../fixtures/faulty-proxy.ts';
import { startPassword } from '../lab.ts';
import { reading, thisConsole, type SignInTest } from './sign-in-test.ts';

export function describeGuesses(it: SignInTest): void {
  it('keep their account in the directory and their own console when strangers guess', async ({
    person,
    enter,
    signIn,
    lockedSince,
  }) => {
    const { name, key } = await person(true);
    await enter(name);
    const guesses: (string | undefined)[] = [];
    const ofNobody: (string | undefined)[] = [];
    for (let at = 0; at < 8; at += 1) {
      const headers = { 'x-forwarded-for': `203.0.113.${at}` };
      guesses.push((await signIn(name, `Guess-${at}-Passw0rd`, headers)).body.code);
      ofNobody.push((await signIn('nobody.of.this.name', `Guess-${at}-Passw0rd`, headers)).body.code);
    }
    // The labs lock an account at the third wrong password.
    expect(guesses).toEqual([
      'session.credentials-wrong',
      ...Array.from({ length: 7 }, () => 'session.operator-locked'),
    ]);
    expect(ofNobody).toEqual(guesses);
    expect(await lockedSince(key)).toBeNull();
    expect((await signIn(name, 'Mistyped-Passw0rd', thisConsole)).body.code).toBe(
      'session.credentials-wrong',
    );
    expect((await signIn(name, 'Mistyped-Passw0rd', thisConsole)).body.code).toBe('session.operator-locked');
    expect(await lockedSince(key)).toBeNull();
  });

  it('get in from their own console in spite of guesses, and are unlocked by an administrator', async ({
    desk,
    person,
    enter,
    signIn,
    row,
  }) => {
    const { name } = await person(true);
    await enter(name);
    const stranger = { 'x-forwarded-for': '203.0.113.9' };
    await signIn(name, 'Guess-1-Passw0rd', stranger);
    expect((await signIn(name, startPassword, stranger)).body.code).toBe('session.operator-locked');
    expect((await signIn(name, startPassword, thisConsole)).body).toMatchObject({ step: 'code' });
    await signIn(name, 'Guess-2-Passw0rd', stranger);
    await desk.call('POST', `/operators/${(await row(name))?.id ?? ''}/unlock`, {});
    expect((await signIn(name, startPassword, stranger)).body).toMatchObject({ step: 'code' });
  });
}

export function describeRequestsOf(signInTest: SignInTest): void {
  const it = signInTest
    // Fewer of the feed's requests among those that are counted.
    .extend('backendOptions', () => reading(1500))
    .extend('line', async ({ lab }, { onCleanup }) => {
      let proxy: FaultyProxy | undefined;
      const bridge = await lab.through(async (target) => (proxy = await startFaultyProxy(target)));
      if (proxy === undefined) throw new Error('The bridge has no proxy');
      onCleanup(() => bridge.stop());
      return { ...bridge, proxy };
    })
    .extend('place', ({ lab, line }): object => lab.settingsAt(line.address));

  it(
    'cause as many requests to the directory as a name that no account has',
    { timeout: 120_000 },
    async ({ line, person, signIn }) => {
      const requestsOf = async (userName: string) => {
        const before = line.proxy.requests();
        expect((await signIn(userName, 'Wrong-4711-Passw0rd')).body.code).toBe('session.credentials-wrong');
        return line.proxy.requests() - before;
      };
      // The feed's requests may fall among those of one try.
      const leastOf = async (userNames: readonly string[]) => {
        const all: number[] = [];
        for (const userName of userNames) all.push(await requestsOf(userName));
        return Math.min(...all);
      };
      const people: string[] = [];
      for (let at = 0; at < 4; at += 1) people.push((await person(true)).name);
      // Opens the connection of the service account, and reads the policy.
      await requestsOf('the.first.nobody');
      const ofKnown = await leastOf(people);
      expect(ofKnown).toBeGreaterThan(0);
      expect(await leastOf(people.map((name) => `not.${name}`))).toBe(ofKnown);
    },
  );
}
