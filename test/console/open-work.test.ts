import { afterAll, describe, expect } from 'vitest';
import { hasOpenWork } from '../../electron/features/updates/open-work.ts';
import { loadHttp } from '../../electron/services/reset-api/load-http.ts';
import { createResetApi } from '../../electron/services/reset-api/reset-api.ts';
import { setTimer } from '../../electron/services/timers/timers.ts';
import type { SessionView } from '../../shared/api/session.ts';
import { createExpiringMap } from '../../shared/expiring-map/expiring-map.ts';
import { Secret } from '../../shared/secret/secret.ts';
import { sharedDeskTest } from '../fixtures/api.ts';

const api = createResetApi({
  loadHttp: () => loadHttp(() => undefined),
  userAgent: 'test',
  log: { info: () => undefined, warn: () => undefined, unexpected: () => 'unexpected' },
  setTimer,
});
afterAll(api.close);

interface OfConsole {
  readonly isSignedIn?: boolean;
  readonly rights?: readonly string[];
  readonly vault?: Pick<ReturnType<typeof createExpiringMap<Secret>>, 'isEmpty'>;
}

describe('a restart into another version', () => {
  const it = sharedDeskTest.extend(
    'isBusy',
    ({ staffedDesk, operator }) =>
      ({ isSignedIn = true, rights = ['cases.work'], vault = createExpiringMap(() => 0) }: OfConsole = {}) =>
        hasOpenWork({
          vault,
          session: {
            view: () => (isSignedIn ? ({ operator: { rights } } as unknown as SessionView) : null),
            call: (endpoint, input) =>
              api.call(staffedDesk.backend.address(), endpoint, input, {
                accessToken: new Secret(operator.accessToken()),
              }),
          },
        }),
  );

  it('interrupts an operator from the opening of a case until it is closed', async ({ isBusy, operator }) => {
    expect(await isBusy()).toBe(false);
    const { id } = await operator.openCase('okafor');
    expect(await isBusy()).toBe(true);
    await operator.call('POST', `/cases/${id}/close`);
    expect(await isBusy()).toBe(false);
  });

  it("does not wait for another operator's case", async ({ isBusy, approver }) => {
    await approver.openCase('okafor');
    expect(await isBusy()).toBe(false);
  });

  it('does not wait for cases of an operator who is signed out or may not work on them', async ({
    isBusy,
    operator,
  }) => {
    const { id } = await operator.openCase('okafor');
    expect(await isBusy({ isSignedIn: false })).toBe(false);
    expect(await isBusy({ rights: ['audit.read'] })).toBe(false);
    await operator.call('POST', `/cases/${id}/close`);
  });

  it('interrupts the handover of a temporary password, signed in or not', async ({ isBusy }) => {
    const vault = createExpiringMap<Secret>(() => 0);
    vault.set('r1', new Secret('kiv-mo7ra-Tel'), 1);
    expect(await isBusy({ vault, isSignedIn: false })).toBe(true);
  });
});
