import { beforeEach, describe, expect, it } from 'vitest';
import type { FailureCode } from '../../../shared/errors/codes.ts';
import { createExpiringMap } from '../../../shared/expiring-map/expiring-map.ts';
import type { Secret } from '../../../shared/secret/secret.ts';
import { ConsoleFailure } from '../../failure/console-failure.ts';
import { createHandover, type Vault } from './handover.ts';

interface Call {
  readonly id: string;
  readonly input: { readonly body?: unknown };
  readonly options: { readonly idempotencyKey?: string } | undefined;
}

const clock = { at: Date.parse('2026-03-01T08:00:00Z') };
const view = { id: 'r1', validUntil: '2026-03-01T09:00:00.000Z' };
const password = 'kiv-mo7ra-Tel';

describe('the temporary password in main', () => {
  let calls: Call[];
  let failures: (FailureCode | null)[];
  let isLocked: boolean;
  let copied: string[];
  let vault: Vault;
  beforeEach(() => {
    clock.at = Date.parse('2026-03-01T08:00:00Z');
    [calls, failures, copied, isLocked] = [[], [], [], false];
    vault = createExpiringMap<Secret>(() => clock.at);
  });

  /** A handover whose calls fail in the order of `failures`, then succeed. */
  const create = () =>
    createHandover({
      session: {
        call: (async (endpoint: { readonly id: string }, input: Call['input'], options: Call['options']) => {
          calls.push({ id: endpoint.id, input, options });
          const failure = failures.shift() ?? null;
          if (failure !== null) throw new ConsoleFailure(failure);
          return endpoint.id === 'reset' ? { reset: view, temporaryPassword: password } : {};
        }) as never,
        isLocked: () => isLocked,
      },
      vault,
      clipboard: {
        clear: async () => undefined,
        copy: async (secret: Secret) => {
          copied.push(secret.expose());
          return clock.at + 30_000;
        },
      },
      now: () => clock.at,
    });
  const wish = {
    caseId: 'c1',
    grantId: 'g1',
    action: 'temporary-password',
    attempt: 'attempt-1',
  } as const;
  const resetId = 'r1';

  it('is kept from the page', async () => {
    const { resets, handover } = create();
    const answer = await resets.reset(wish);
    expect(answer).toEqual({ reset: view, secretHeld: true });
    expect(JSON.stringify(answer)).not.toContain(password);
    expect(await handover.isHeld({ resetId })).toEqual({ held: true });
  });

  it.each<FailureCode>([
    'server.timeout',
    'server.unreachable',
    'server.failed',
    'proxy.no-server',
    'proxy.timeout',
  ])('is requested again with the same key when the answer was lost: %s', async (failure) => {
    failures = [failure];
    const { resets } = create();
    expect(await resets.reset(wish)).toMatchObject({ secretHeld: true });
    expect(calls.map(({ options }) => options?.idempotencyKey)).toEqual(['c1.attempt-1', 'c1.attempt-1']);
  });

  it('has the same key at the second press of an operator', async () => {
    failures = ['server.unreachable', 'server.unreachable'];
    const { resets } = create();
    await expect(resets.reset(wish)).rejects.toThrow('server.unreachable');
    await resets.reset(wish);
    expect(new Set(calls.map(({ options }) => options?.idempotencyKey))).toEqual(new Set(['c1.attempt-1']));
    expect(calls).toHaveLength(3);
  });

  it('has another key at another attempt', async () => {
    const { resets } = create();
    await resets.reset(wish);
    await resets.reset({ ...wish, attempt: 'attempt-2' });
    expect(calls.map(({ options }) => options?.idempotencyKey)).toEqual(['c1.attempt-1', 'c1.attempt-2']);
  });

  it('is kept when the server refuses to replace it', async () => {
    const { resets } = create();
    await resets.reset(wish);
    failures = ['reset.settled'];
    await expect(resets.reset({ ...wish, insteadOf: 'r1' })).rejects.toThrow('reset.settled');
    expect(vault.get('r1')).not.toBeNull();
  });

  it('is not asked for again when the server refused', async () => {
    failures = ['grant.expired'];
    await expect(create().resets.reset(wish)).rejects.toThrow('grant.expired');
    expect(calls).toHaveLength(1);
  });

  it.each(['reveal', 'spell', 'copy'] as const)(
    'is released by %s only after the server has recorded it',
    async (way) => {
      const { resets, handover } = create();
      await resets.reset(wish);
      failures = ['server.unreachable'];
      await expect(handover[way]({ resetId })).rejects.toThrow('server.unreachable');
      expect(copied).toEqual([]);
      const answer = await handover[way]({ resetId });
      expect(['value' in answer ? answer.value : null, ...copied]).toContain(password);
      expect(calls.at(-1)).toMatchObject({
        id: 'recordReveal',
        input: { body: { way: { reveal: 'shown', spell: 'spelled', copy: 'copied' }[way] } },
      });
    },
  );

  it.each(['reveal', 'spell', 'copy'] as const)(
    'is not recorded as seen by %s if it is gone',
    async (way) => {
      const { handover } = create();
      await expect(handover[way]({ resetId })).rejects.toThrow('secret.gone');
      expect(calls).toEqual([]);
    },
  );

  it('is hidden again 60 seconds after it was shown', async () => {
    const { resets, handover } = create();
    await resets.reset(wish);
    expect(await handover.reveal({ resetId })).toMatchObject({ concealAt: '2026-03-01T08:01:00.000Z' });
  });

  it('is gone after the handover, once the server has recorded it', async () => {
    const { resets, handover } = create();
    await resets.reset(wish);
    failures = ['server.unreachable'];
    await expect(handover.done({ resetId })).rejects.toThrow('server.unreachable');
    expect(vault.get(resetId)).not.toBeNull();
    await handover.done({ resetId });
    expect(vault.get(resetId)).toBeNull();
    await expect(handover.reveal({ resetId })).rejects.toThrow('secret.gone');
  });

  it('is kept while the console is locked until the operator leaves the screen', async () => {
    const { resets, handover } = create();
    await resets.reset(wish);
    isLocked = true;
    await handover.forget({ resetId });
    expect(vault.get(resetId)).not.toBeNull();
    isLocked = false;
    await handover.forget({ resetId });
    expect(vault.get(resetId)).toBeNull();
  });

  it('is gone after its reset was revoked or replaced', async () => {
    const { resets } = create();
    await resets.reset(wish);
    await resets.revoke({ params: { resetId } });
    expect(vault.get(resetId)).toBeNull();
    await resets.reset(wish);
    vault.set('r0', vault.get(resetId) as Secret, clock.at + 1000);
    await resets.reset({ ...wish, insteadOf: 'r0' });
    expect(vault.get('r0')).toBeNull();
  });

  it('is gone when it expires', async () => {
    const { resets, handover } = create();
    await resets.reset(wish);
    clock.at = Date.parse(view.validUntil);
    expect(await handover.isHeld({ resetId })).toEqual({ held: false });
  });
});
