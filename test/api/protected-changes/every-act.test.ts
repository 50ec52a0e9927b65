import { describe, expect } from 'vitest';
import type { Endpoint } from '../../../shared/api/endpoint.ts';
import { endpoints } from '../../../shared/api/endpoints.ts';
import { roles, type Right } from '../../../shared/api/operator.ts';
import {
  protectedActs,
  type ProposedAnswer,
  type ProtectedChange,
} from '../../../shared/api/protected-change-view.ts';
import { rightsFor } from '../../../backend/authorization/rights.ts';
import { everyAccount } from '../../../shared/api/operator.ts';
import type { Member } from '../../backend/staffed-desk.ts';
import { sharedDeskTest } from '../../fixtures/api.ts';

import { acts } from './acts.ts';

const it = sharedDeskTest
  .extend('subject', { scope: 'file' }, ({ operator }) => operator)
  // Joins last: from then on, an invitation waits for a second administrator.
  .extend('second', { scope: 'file' }, ({ staffedDesk, subject: _joined }) =>
    staffedDesk.hire('bea', 'Bea Second', ['administrator']),
  );

const eachAct = protectedActs.map((act) => [act, acts[act]] as const);
const proposed = ({ body }: { readonly body: unknown }) => (body as ProposedAnswer).protectedChange;
const decide = async (by: Member, id: string, decision: 'approve' | 'decline') => {
  await by.prove();
  return by.call<{ change: ProtectedChange; code?: string }>('POST', `/protected-changes/${id}/decision`, {
    decision,
    reason: 'as agreed',
  });
};

describe('a protected endpoint', () => {
  const declared = Object.values<Endpoint>(endpoints);

  it('is in the table exactly if it declares itself', () => {
    const protectedIds = declared
      .filter(({ protected: rule }) => rule !== undefined && rule.by !== 'nothing')
      .map(({ id }) => id);
    expect(protectedIds.toSorted()).toEqual([...protectedActs].toSorted());
    expect(Object.keys(acts).toSorted()).toEqual([...protectedActs].toSorted());
  });

  const ofAdministrators = (right: Endpoint['right']): boolean =>
    right !== null &&
    right !== 'session' &&
    roles.every((role) => rightsFor([role], everyAccount).has(right) === (role === 'administrator'));
  const writing = declared.filter(({ method, right }) => method !== 'GET' && ofAdministrators(right));

  it.for(writing.map((endpoint) => [endpoint.id, endpoint] as const))(
    'is declared, or excluded with a reason, for every writing call of administrators: %s',
    ([, { protected: rule }]) => {
      expect(rule).toBeDefined();
      if (rule?.by === 'nothing') expect(rule.because.length).toBeGreaterThan(10);
    },
  );

  it('is looked for among all rights of administrators alone', () => {
    const rights = new Set(writing.map(({ right }) => right as Right));
    expect(rights.size).toBeGreaterThanOrEqual(7);
  });

  it.for(eachAct)(
    'takes effect only once another administrator approves it: %s',
    { timeout: 60_000 },
    async ([act, { prepare, call, read }], { staffedDesk, second, subject }) => {
      const { ann, backend } = staffedDesk;
      await ann.prove();
      await prepare?.(staffedDesk, subject);
      const before = await read(ann, subject);
      const [method, path, body] = await call(ann, subject);
      const answer = await ann.call(method, path, body);
      expect([answer.status, proposed(answer)]).toMatchObject([202, { act, state: 'waiting', own: true }]);
      expect(await read(ann, subject)).toEqual(before);
      const { id } = proposed(answer);

      expect(await decide(ann, id, 'approve')).toMatchObject({ body: { code: 'protected-change.own' } });
      expect(await read(ann, subject)).toEqual(before);

      const approved = await decide(second, id, 'approve');
      expect([approved.status, approved.body.change.state]).toEqual([200, 'approved']);
      expect(await read(ann, subject)).not.toEqual(before);
      expect((await decide(second, id, 'approve')).body.code).toBe('protected-change.settled');
      const log = (await backend.readAudit()).filter(({ facts }) => facts.includes(id));
      expect(log.map(({ action, actor_name }) => [action, actor_name])).toEqual([
        ['protected-change.proposed', 'Ann Example'],
        ['protected-change.refused', 'Ann Example'],
        ['protected-change.approved', 'Bea Second'],
      ]);
    },
  );

  it('keeps its secret only in the sealed call', async ({ staffedDesk, second }) => {
    const { ann, backend } = staffedDesk;
    await ann.prove();
    const body = { enabled: false, url: 'https://log2.example.com/', secret: 'another secret of it' };
    const { id } = proposed(await ann.call('PUT', '/settings/audit-streams/webhook', body));
    const everything = async () => JSON.stringify(await backend.readTables());
    expect(await everything()).not.toContain(body.secret);
    const rowOfChange = async () =>
      (await backend.readTable('protected_changes')).find((row) => row['id'] === id);
    expect((await rowOfChange())?.['sealed']).toEqual(expect.any(String));
    await decide(second, id, 'decline');
    expect((await rowOfChange())?.['sealed']).toBeNull();
  });
});
