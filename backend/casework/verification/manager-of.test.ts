import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openForTest } from '../../accounts/open-for-test.ts';
import { defaultPolicy } from '../../../shared/api/policy.ts';
import type { Person } from '../../authorization/persons.ts';
import { managerOf } from './manager-of.ts';

const mapping = {
  encoding: 'utf-8',
  delimiter: ',',
  header: true,
  columns: { userName: 0, displayName: 1, email: 2, manager: 3, status: 4 },
} as const;
const csv = `user,name,email,manager,status
i.brandt,Ivo Brandt,ivo@example.com,,active
t.one,Twin Name,one@example.com,,active
t.two,Twin Name,two@example.com,,active
d.gone,Dee Gone,dee@example.com,,disabled
n.mail,Noa Mail,,,active
by.user,A,a@example.com,I.BRANDT,active
by.mail,B,b@example.com,Ivo@Example.com,active
by.name,C,c@example.com,Ivo Brandt,active
nobody,D,d@example.com,,active
stranger,E,e@example.com,Some Body,active
twins,F,f@example.com,Twin Name,active
left,G,g@example.com,Dee Gone,active
silent,H,h@example.com,Noa Mail,active
self,I,i@example.com,self,active
k.lund,Kim Lund,kim@example.com,,active
shared,J,kim@example.com,k.lund,active
`;

describe('the manager on file', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  beforeEach(async () => {
    desk = await openForTest();
    await desk.importCsv(csv, mapping);
  });
  afterEach(() => desk.close());
  const find = async (userName: string, person: Person = new Set(['operator o1'])) => {
    const account = await desk.store.db
      .selectFrom('accounts')
      .selectAll()
      .where('user_name', '=', userName)
      .executeTakeFirstOrThrow();
    return managerOf({
      account,
      operator: { id: 'o1', displayName: 'Ann', person },
      document: defaultPolicy,
      at: desk.now(),
      db: desk.store.db,
    });
  };

  it.each(['by.user', 'by.mail', 'by.name'])(
    'is found by user name, email address or full name (%s)',
    async (userName) => {
      expect((await find(userName)).manager?.user_name).toBe('i.brandt');
    },
  );

  it.each([
    ['nobody', 'no-manager'],
    ['stranger', 'manager-unknown'],
    ['twins', 'manager-unknown'],
    ['left', 'manager-unknown'],
    ['silent', 'manager-without-email'],
    ['self', 'manager-is-account'],
    ['shared', 'manager-is-account'],
  ])('cannot vouch for %s: %s', async (userName, reason) => {
    expect((await find(userName)).obstacle?.reason).toBe(reason);
  });

  it('cannot be the operator of the case', async () => {
    const person = new Set(['operator o1', 'name ivo@example.com']);
    expect((await find('by.user', person)).obstacle?.reason).toBe('manager-is-operator');
  });

  it('can vouch from a changed address only after its cool-down', async () => {
    desk.clock.at += 3600_000;
    await desk.importCsv(csv.replace('ivo@example.com,,', 'ivo.new@example.com,,'), mapping);
    expect((await find('by.user')).obstacle).toMatchObject({
      reason: 'contact-changed',
      since: desk.clock.at,
    });
    desk.clock.at += defaultPolicy.contactCoolDown * 1000;
    expect((await find('by.user')).manager?.email).toBe('ivo.new@example.com');
  });
});
