import type { Attack } from './attack.ts';
import { temporary } from './scene.ts';

/** Further changes that an import can make besides those of the address, the number, the tier and the manager, with the rows that make them. */
const changedToday: readonly (readonly [string, ...Readonly<Record<string, string>>[]])[] = [
  ['department', { department: 'Another department' }],
  ['end', { expiresAt: '2026-01-01' }, { expiresAt: '2030-01-01' }],
  ['way to sign in', { localPassword: 'no' }, { localPassword: 'yes' }],
];

/** With contact data that has changed, before, between or after. */
export const contactData: readonly Attack[] = [
  {
    name: 'contact data that changed after the code',
    code: 'assurance.not-enough',
    run: async ({ olga, verified, importRow }) => {
      const view = await verified(olga);
      const { userName, displayName } = view.account;
      await importRow({ userName, displayName, email: `new-${userName}@example.com` });
      await olga.prove();
      return olga.mint(view.id, temporary);
    },
  },
  {
    name: 'contact data that changed between grant and reset',
    code: 'assurance.not-enough',
    run: async (scene) => {
      const { olga, verified, importRow } = scene;
      const view = await verified(olga);
      const grant = await scene.granted(olga, view);
      const { userName, displayName } = view.account;
      await importRow({ userName, displayName, email: `newer-${userName}@example.com` });
      await olga.prove();
      return scene.spend(olga, view, grant);
    },
  },
  {
    name: 'a code to an address that was changed within the week',
    code: 'check.unavailable',
    run: async ({ olga, account, importRow }) => {
      const view = await olga.openCase(account);
      const { userName, displayName } = view.account;
      await importRow({ userName, displayName, email: `fresh-${userName}@example.com` });
      await olga.prove();
      return olga.startCode(view.id);
    },
  },
  {
    name: 'a tier that an import lowered today',
    code: 'assurance.not-enough',
    run: async ({ olga, verified, importRow, account }) => {
      const { userName, displayName } = (await olga.openCase(account)).account;
      await importRow({ userName, displayName, tier: 'privileged' });
      await importRow({ userName, displayName, tier: 'standard' });
      await olga.prove();
      return olga.mint((await verified(olga)).id, temporary);
    },
  },
  {
    name: 'the word of a manager who was put on file today',
    code: 'check.unavailable',
    run: async ({ olga, importRow, account, other, backend }) => {
      const view = await olga.openCase(account);
      const { userName, displayName } = view.account;
      const manager = (await olga.openCase(other)).account.userName;
      await importRow({ userName, displayName, manager });
      await olga.prove();
      backend.clock.at += 1000;
      return olga.call('POST', `/cases/${view.id}/checks`, { kind: 'managers-word' });
    },
  },
  {
    name: 'an account that was enabled today, with one pair of eyes',
    code: 'approval.needed',
    run: async ({ olga, verified, importRow, account }) => {
      const { userName, displayName } = (await olga.openCase(account)).account;
      await importRow({ userName, displayName, status: 'disabled' });
      await importRow({ userName, displayName, status: 'active' });
      await olga.prove();
      return olga.mint((await verified(olga)).id, temporary);
    },
  },
  {
    name: 'an account that got a longer name today, with one pair of eyes',
    code: 'approval.needed',
    run: async ({ olga, verified, importRow, account }) => {
      const { userName, displayName } = (await olga.openCase(account)).account;
      await importRow({ userName, displayName: `${displayName} Miller` });
      await olga.prove();
      return olga.mint((await verified(olga)).id, temporary);
    },
  },
  ...changedToday.map(([what, ...rows]): Attack => ({
    name: `an account that got another ${what} today, with one pair of eyes`,
    code: 'approval.needed',
    run: async ({ olga, verified, importRow, account }) => {
      const { userName, displayName } = (await olga.openCase(account)).account;
      for (const row of rows) await importRow({ userName, displayName, ...row });
      await olga.prove();
      return olga.mint((await verified(olga)).id, temporary);
    },
  })),
];
