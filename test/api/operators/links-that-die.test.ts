import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserOf } from '../../backend/desk-call.ts';
import { newLinksOf } from '../../backend/new-links.ts';
import { startStaffedDesk, type StaffedDesk } from '../../backend/staffed-desk.ts';

const password = 'Quiet+Harbour7';

describe('a link of an operator', () => {
  let desk: StaffedDesk;
  beforeAll(async () => {
    desk = await startStaffedDesk();
  }, 90_000);
  afterAll(() => desk.backend.stop());
  const linkTo = newLinksOf(() => desk);
  const invitationTo = async (userName: string) =>
    linkTo(`${userName}@example.com`, /\/invitation\/([\w-]+)/);
  const invite = async (userName: string): Promise<string> => {
    await desk.ann.prove();
    desk.backend.clock.at += 1000;
    const { body } = await desk.ann.call<{ id: string }>('POST', '/operators', {
      displayName: userName,
      userName,
      email: `${userName}@example.com`,
      roles: ['operator'],
      scope: { departments: [], tiers: [], directories: [] },
    });
    return body.id;
  };
  const choose = async (token: string): Promise<string> =>
    (await browserOf(desk.backend.ask).go('POST', '/invitation', { token, password, repeated: password }))
      .text;
  const edit = (id: string, change: object) => desk.ann.call('PATCH', `/operators/${id}`, change);
  const changes: readonly (readonly [string, string, boolean, (id: string) => Promise<unknown>])[] = [
    ['the name was changed', 'good', true, (id) => edit(id, { displayName: 'Another Name' })],
    ['the address was replaced', 'dead', false, (id) => edit(id, { email: `elsewhere-${id}@example.com` })],
    [
      'the address was replaced, and put back',
      'dead',
      false,
      async (id) => {
        const rows = await desk.backend.readTable('operators');
        const email = rows.find((row) => row['id'] === id)?.['email'];
        await edit(id, { email: `elsewhere-${id}@example.com` });
        await edit(id, { email });
      },
    ],
    ['the address was removed', 'dead', false, (id) => edit(id, { email: null })],
    ['a newer link was sent', 'dead', false, (id) => desk.ann.call('POST', `/operators/${id}/link`)],
    ['the link was revoked', 'dead', false, (id) => desk.ann.call('DELETE', `/operators/${id}/link`)],
    [
      'the operator was removed',
      'dead',
      false,
      (id) => desk.ann.call('PUT', `/operators/${id}/state`, { state: 'removed' }),
    ],
  ];
  const setState = (id: string, state: string) => desk.ann.call('PUT', `/operators/${id}/state`, { state });
  const changesOfActive: typeof changes = [
    ['the operator was disabled', 'dead', false, (id) => setState(id, 'disabled')],
    [
      'the operator was disabled, and enabled again',
      'dead',
      false,
      async (id) => {
        await setState(id, 'disabled');
        expect((await setState(id, 'active')).status).toBe(200);
      },
    ],
  ];
  const purposes = ['an invitation', 'a link for a new password'] as const;
  const ofPurpose = (purpose: (typeof purposes)[number]) =>
    purpose === 'an invitation' ? changes : [...changes, ...changesOfActive];
  it.each(purposes.flatMap((purpose) => ofPurpose(purpose).map((row) => [purpose, row[1], ...row] as const)))(
    '%s is %s after %s',
    async (purpose, _is, name, _state, lives, happen) => {
      const userName = `${purpose.length}-${name.replaceAll(/\W+/g, '-')}`.slice(0, 40);
      const id = await invite(userName);
      let token = await invitationTo(userName);
      if (purpose === 'a link for a new password') {
        await choose(token);
        desk.backend.clock.at += 1000;
        await desk.ann.prove();
        await desk.ann.call('POST', `/operators/${id}/link`);
        token = await linkTo(`${userName}@example.com`, /\/invitation\/([\w-]+)/);
      }
      desk.backend.clock.at += 1000;
      await happen(id);
      expect((await choose(token)).includes('Your password is set')).toBe(lives);
    },
    90_000,
  );
});
