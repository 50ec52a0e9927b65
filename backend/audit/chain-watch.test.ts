import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outboundForTest } from '../outbound/outbound-for-test.ts';
import { createSealed } from '../store/sealed.ts';
import type { Store } from '../store/store.ts';
import { createAuditServices } from '../app/composition/audit-services.ts';
import { openAuditForTest, operator } from './open-audit-for-test.ts';

describe('the audit log of a running backend, when its database fails', () => {
  let audit: Awaited<ReturnType<typeof openAuditForTest>>;
  let reported: string[];
  /** The method of the store that fails. */
  let failing: keyof Pick<Store, 'change' | 'writeUnaudited'> | null;
  let services: ReturnType<typeof createAuditServices>;
  beforeEach(async () => {
    audit = await openAuditForTest();
    await audit.append(10);
    reported = [];
    failing = null;
    const full = () => Promise.reject(new Error('the disk is full'));
    const store: Store = {
      ...audit.store,
      change: (origin, work) => (failing === 'change' ? full() : audit.store.change(origin, work)),
      writeUnaudited: (work) => (failing === 'writeUnaudited' ? full() : audit.store.writeUnaudited(work)),
    };
    services = createAuditServices({
      store,
      key: audit.key,
      sealed: createSealed(new Uint8Array(32).fill(7)),
      ...outboundForTest(),
      version: '0.0.0-test',
      now: () => audit.clock.at,
      log: () => undefined,
      onUnexpected: (reference, thrown) => reported.push(`${reference}: ${String(thrown)}`),
    });
  });
  afterEach(() => audit.close());

  const signedUpTo = async () => (await services.chain.state()).signed?.seq ?? null;
  const checks = async () =>
    (await audit.store.db.selectFrom('audit_events').selectAll().execute())
      .filter(({ action }) => action === 'audit.checked')
      .map(({ outcome, facts }) => [outcome, (JSON.parse(facts) as { result: string }).result]);

  it('reports on stop that its end could not be signed, and signs it at the next stop', async () => {
    failing = 'writeUnaudited';
    await services.stop();
    expect(reported).toEqual(['audit chain: Error: the disk is full']);
    expect(await signedUpTo()).toBeNull();
    failing = null;
    await services.stop();
    expect(reported).toHaveLength(1);
    expect(await signedUpTo()).toBe(10);
  });

  it('reports that a sweep could not sign, and signs in the next one', async () => {
    failing = 'writeUnaudited';
    services.sweep();
    await services.chain.settled();
    expect(reported).toEqual(['audit chain: Error: the disk is full']);
    failing = null;
    services.sweep();
    await services.chain.settled();
    expect(reported).toHaveLength(1);
    expect(await signedUpTo()).toBe(10);
  });

  it('does not record an unfinished check as unbroken', async () => {
    failing = 'writeUnaudited';
    await services.chain.check(operator);
    await services.chain.settled();
    expect(await checks()).toEqual([['failed', 'not-finished']]);
    failing = null;
    await services.chain.check(operator);
    await services.chain.settled();
    expect(await checks()).toEqual([
      ['failed', 'not-finished'],
      ['done', 'unbroken'],
    ]);
  });

  it('reports that a check could not be recorded', async () => {
    failing = 'change';
    await services.chain.check(operator);
    await services.chain.settled();
    expect(reported).toEqual(['audit chain: Error: the disk is full']);
    expect(await checks()).toEqual([]);
  });
});
