import { beforeEach, describe, expect, it } from 'vitest';
import { codeFor } from '../backend/desk-call.ts';
import { deskWithPages, type DeskWithPages } from './desk-with-pages.ts';

const minute = 60_000;

describe('the page for a new password, after a sign-in with a temporary one', () => {
  const startDesk = deskWithPages();
  let backend: DeskWithPages['backend'];
  let browse: DeskWithPages['browse'];
  let temporary: string;
  beforeEach(async () => {
    const { sink, desk, ...rest } = await startDesk();
    ({ backend, browse } = rest);
    const view = await desk.openCase('m.okafor');
    const started = await desk.startCode(view.id);
    await desk.readBack(started.body.case, await codeFor(sink, 'marlene.okafor@example.com'));
    const grant = await desk.mint(view.id, 'temporary-password');
    const { body } = await desk.reset(view.id, grant.body.id, 'temporary-password', 'the-press-of-it');
    temporary = body.temporaryPassword ?? '';
  });

  const signedIn = async (javaScriptEnabled: boolean) => {
    const { page, user } = await browse(javaScriptEnabled);
    await user.signIn('m.okafor', temporary);
    await user.heading('Choose a new password');
    return { page, user, text: () => page.innerText('main') };
  };

  it('says how long that is valid as a plain time without script', async () => {
    backend.clock.at += 10 * minute;
    const { page, text } = await signedIn(false);
    const said = /Your temporary password is valid until 2026-03-01 10:00 UTC \((\d+) minutes left\)\./;
    expect(said.exec(await text())?.[1]).toBe('50');
    backend.clock.at += 20 * minute;
    await page.reload();
    expect(said.exec(await text())?.[1]).toBe('30');
  });

  it('counts that down by the second with script', async () => {
    backend.clock.at += 10 * minute;
    const { text } = await signedIn(true);
    const left = async () => {
      const [, minutes = '0', seconds = '0'] = /\((\d+):(\d\d) left\)/.exec(await text()) ?? [];
      return 60 * Number(minutes) + Number(seconds);
    };
    const first = await left();
    expect(first).toBeGreaterThan(49 * 60);
    expect(first).toBeLessThanOrEqual(50 * 60);
    await expect.poll(left).toBeLessThan(first);
  });

  it('accepts the new password for as long as it says', async () => {
    const { page, user } = await signedIn(false);
    backend.clock.at += 59 * minute;
    await user.choose('Quiet+Harbour7', 'Set password');
    await user.heading('Your account');
    expect(new URL(page.url()).pathname).toBe('/account');
  });

  it('does not accept it after that', async () => {
    const { page, user } = await signedIn(false);
    backend.clock.at += 61 * minute;
    await user.choose('Quiet+Harbour7', 'Set password');
    await user.heading('Sign in');
    expect((await page.innerText('main')).toLowerCase()).toContain('sign in again');
  });
});
