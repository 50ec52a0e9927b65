import { Attribute, Control } from 'ldapts';
import { afterAll, beforeAll, describe, expect, it as plainTest } from 'vitest';
import type { LdapSettings } from '../../shared/api/directory-settings.ts';
import { Secret } from '../../shared/secret/secret.ts';
import { startFaultyProxy, type FaultyProxy } from '../fixtures/faulty-proxy.ts';
import { startOpenldap } from '../fixtures/openldap.ts';
import { everyAccount, everything, never } from './contract/subject.ts';
import { bridgeTo, replaced } from './lab-parts.ts';
import { startOpenldapLab, type LdapLab } from './ldap-lab.ts';
import { servicePassword } from './lab.ts';
import { deskTestOf } from './desk-test.ts';

/** Work on an entry that refers to others, as itself. */
class ManageReferrals extends Control {
  constructor() {
    super('2.16.840.1.113730.3.4.2', { critical: true });
  }
}

/** Faults that need a tree of their own: a server that is behind, referrals in a circle, thousands of changes at once. */
export function describeOpenldapFaults(): void {
  let starting: Promise<LdapLab> | undefined;
  const start = () => (starting ??= startOpenldapLab());
  afterAll(async () => {
    await (await starting)?.stop();
  });
  const it = deskTestOf(start);

  describe('two servers, of which the second is behind', () => {
    const two = it
      .extend('first', async ({ lab }, { onCleanup }) => {
        let proxy: FaultyProxy | undefined;
        const bridge = await lab.through(async (target) => (proxy = await startFaultyProxy(target)));
        onCleanup(() => bridge.stop());
        return { address: bridge.address, proxy: proxy as unknown as FaultyProxy };
      })
      .extend('second', async ({ prepared }, { onCleanup }) => {
        const { lab } = prepared as unknown as { readonly lab: LdapLab };
        const { authority, server } = lab.certificates as unknown as {
          readonly authority: string;
          readonly server: { readonly cert: string; readonly key: string };
        };
        const copy = await startOpenldap(authority, server, { from: lab.ldap.dump?.() });
        let proxy: FaultyProxy | undefined;
        const through = bridgeTo(copy, lab.certificates as Parameters<typeof bridgeTo>[1]);
        const bridge = await through(async (target) => (proxy = await startFaultyProxy(target)));
        onCleanup(async () => {
          await bridge.stop();
          await copy.stop();
        });
        return { address: bridge.address, proxy: proxy as unknown as FaultyProxy };
      });

    two(
      'are not asked both about one reset: the first has the write and the reads around it',
      async ({ lab, first, second, connect, hasRead, resetZoe, signInOfZoe }) => {
        await connect({ ...lab.settings, servers: [first.address, second.address] });
        await hasRead();
        const { answer } = await resetZoe('key-of-the-first');
        expect(answer.body).toMatchObject({ reset: { state: 'done' } });
        expect(await signInOfZoe(answer.body.temporaryPassword)).toBe('must-change');
        expect(second.proxy.requests()).toBe(0);
      },
    );

    two(
      'leave an outcome unknown where the second, asked after a lost answer, does not know of it',
      async ({ desk, lab, zoe, first, second, connect, hasRead, resetZoe }) => {
        await connect({ ...lab.settings, servers: [first.address, second.address] });
        await hasRead();
        let allow = () => undefined as void;
        void first.proxy.loseAnswer(lab.writeMark).then(() => (allow = first.proxy.refuse()));
        const { caseId, answer } = await resetZoe('key-of-a-second');
        expect(answer.body.code).toBe('reset.outcome-unknown');
        expect(second.proxy.requests()).toBeGreaterThan(0);
        allow();
        const grant = await desk.mint(caseId, 'temporary-password');
        const again = await desk.reset(caseId, grant.body.id, 'temporary-password', 'key-after-a-second');
        expect(again.body).toMatchObject({ reset: { state: 'done' } });
        const asked = lab.connect({ servers: [second.address] });
        const given = new Secret(again.body.temporaryPassword ?? '');
        // The server that answered last has it.
        expect(await asked.verifyPassword(zoe, given)).toBe('must-change');
        await asked.close();
      },
    );
  });

  describe('a password that is tried at two servers', () => {
    const password = 'Guess-4711-Passw0rd';
    const two = it
      .extend('proxies', async ({ lab }, { onCleanup }) => {
        const proxies: FaultyProxy[] = [];
        const bridges: Awaited<ReturnType<typeof lab.through>>[] = [];
        for (let at = 0; at < 2; at += 1)
          bridges.push(
            await lab.through(async (target) => {
              const proxy = await startFaultyProxy(target);
              proxies.push(proxy);
              return proxy;
            }),
          );
        onCleanup(() => Promise.all(bridges.map((bridge) => bridge.stop())).then(() => undefined));
        const [first, second] = proxies as [FaultyProxy, FaultyProxy];
        return { first, second, servers: bridges.map(({ address }) => address) };
      })
      .extend('atBoth', async ({ lab, proxies: { servers } }, { onCleanup }) => {
        const directory = lab.connect({ servers, timeoutMs: 1000 });
        onCleanup(() => directory.close());
        return directory;
      });

    two.for([
      ['keeps its answer', 'keepAnswer'],
      ['ends before its answer', 'loseAnswer'],
    ] as const)(
      'is not sent to the second if the first %s, since it may have counted',
      async ([, fault], { atBoth, proxies: { first, second }, zoe }) => {
        await atBoth.read(zoe);
        void first[fault](password);
        const trial = atBoth.verifyPassword(zoe, new Secret(password));
        await expect(trial).rejects.toMatchObject({ code: 'timeout' });
        expect(second.requests()).toBe(0);
      },
    );

    two('is sent to the second if the first accepts no connection', async ({ atBoth, proxies, zoe }) => {
      proxies.first.refuse();
      expect(await atBoth.verifyPassword(zoe, new Secret(password))).toBe('wrong');
      expect(proxies.second.requests()).toBeGreaterThan(0);
    });
  });

  describe('referrals in a circle', () => {
    const circle = ['one', 'other'] as const;
    let lab: LdapLab;
    const dnOf = (name: string) => `ou=${name},ou=people,${lab.ldap.baseDn}`;
    beforeAll(async () => {
      lab = await start();
      for (const [at, name] of circle.entries())
        await lab.ldap.administrator.add(dnOf(name), [
          new Attribute({ type: 'objectClass', values: ['referral', 'extensibleObject'] }),
          new Attribute({ type: 'ou', values: [name] }),
          new Attribute({
            type: 'ref',
            values: [`ldaps://127.0.0.1:${lab.ldap.port}/${dnOf(circle[1 - at] ?? '')}`],
          }),
        ]);
    }, 60_000);
    afterAll(async () => {
      for (const name of circle) await lab.ldap.administrator.del(dnOf(name), [new ManageReferrals()]);
    });

    plainTest('are not followed: the others are read and reset', async () => {
      const key = await lab.add({ userName: 'beside.the.circle' });
      const directory = lab.connect();
      expect(await everything(directory.readKeys(never()))).toContain(key);
      expect((await everyAccount(directory)).map((account) => account.key)).toContain(key);
      await directory.close();
    });
    plainTest('below the base of the settings are said to be an answer that cannot be read', async () => {
      const directory = lab.connectWith({ baseDn: dnOf('one'), scope: { include: [] } });
      const code = await everything(directory.readKeys(never())).then(
        () => 'read',
        (thrown: { readonly code?: string }) => thrown.code,
      );
      expect(code).toBe('answer-invalid');
      await directory.close();
    });
  });

  describe('5,000 changes at once', () => {
    const count = 5000;
    it(
      'are in the index once each, within the next reads',
      { timeout: 120_000 },
      async ({ desk, lab, connect, hasRead, directory }) => {
        const { administrator, baseDn } = (lab as LdapLab).ldap;
        await connect();
        await hasRead();
        const before = (await directory())?.accounts ?? 0;
        const names = Array.from({ length: count }, (_none, at) => `mass.number${at}`);
        const dnOf = (name: string) => `uid=${name},ou=people,${baseDn}`;
        const inPieces = async (work: (name: string) => Promise<void>) => {
          for (let at = 0; at < count; at += 250) await Promise.all(names.slice(at, at + 250).map(work));
        };
        await inPieces((name) =>
          administrator.add(dnOf(name), {
            objectClass: 'inetOrgPerson',
            uid: name,
            cn: `Mass ${name}`,
            sn: name,
          }),
        );
        await expect
          .poll(async () => (await directory())?.accounts, { timeout: 60_000 })
          .toBe(before + count);
        await inPieces((name) => administrator.modify(dnOf(name), replaced('cn', [`Changed ${name}`])));
        await expect
          .poll(() => desk.accountId(`Changed mass.number${count - 1}`), { timeout: 60_000 })
          .not.toBe('');
        expect((await directory())?.accounts).toBe(before + count);
        expect(await directory()).toMatchObject({ reading: { fault: null } });
      },
    );
  });

  describe('accounts that a wrong scope hides', () => {
    it(
      'stay open until an administrator decides, and are closed once that is allowed',
      { timeout: 60_000 },
      async ({ backend, desk, lab, connect, hasRead, directory }) => {
        for (let at = 0; at < 60; at += 1) await lab.add({ userName: `hidden.number${at}` });
        const id = await connect();
        await hasRead();
        const all = (await directory())?.accounts ?? 0;
        const readWith = async (scope: object) => {
          const { readAt } = (await directory())?.reading ?? {};
          backend.clock.at += 1000;
          const settings = { ...lab.settings, scope: { ...(lab.settings as LdapSettings).scope, ...scope } };
          const body = { name: 'Head office', enabled: true, settings, secret: servicePassword };
          await desk.call('PUT', `/directories/${id}`, body);
          await expect
            .poll(async () => (await desk.call('POST', `/directories/${id}/read`)).status)
            .toBe(200);
          await expect
            .poll(async () => (await directory())?.reading.readAt, { timeout: 20_000 })
            .not.toBe(readAt);
          await hasRead();
        };
        await readWith({ filter: '(uid=zoe*)' });
        expect(await directory()).toMatchObject({ accounts: all, held: { accounts: all - 1 } });
        await readWith({ filter: '' });
        expect(await directory()).toMatchObject({ accounts: all, held: null });
        await readWith({ filter: '(uid=zoe*)' });
        const body = { hours: 1, reason: 'Only Zoe works here' };
        expect((await desk.call('POST', `/directories/${id}/allow`, body)).status).toBe(200);
        await expect.poll(async () => (await directory())?.accounts, { timeout: 20_000 }).toBe(1);
        expect((await directory())?.held).toBeNull();
      },
    );
  });

  describe('a service account that may read 500 entries', () => {
    plainTest('is said to lack the right to read accounts where there are more', async () => {
      const directory = (await start()).connect({ withoutRights: true });
      const fault = await everything(directory.readKeys(never())).then(
        () => null,
        (thrown: { readonly code?: string; readonly detail?: string }) => [thrown.code, thrown.detail],
      );
      expect(fault).toEqual(['right-missing', 'read-accounts']);
      await directory.close();
    });
  });
}
