import { getAbout } from '../../../shared/api/about.ts';
import type { ConnectionState } from '../../../shared/bridge/state.ts';
import type { ResetApi } from '../reset-api/reset-api.ts';

interface Collaborators {
  readonly api: ResetApi;
  /** The base URL of the selected server; null if none is selected. Rejects if the embedded backend cannot be started. */
  readonly baseUrl: () => Promise<string | null>;
  readonly onChange: (state: ConnectionState) => void;
  readonly now: () => number;
  /** Runs `work` repeatedly at an interval in milliseconds. */
  readonly every: (milliseconds: number, work: () => void) => void;
}

/** The time between checks, the response time that counts as slow, and the change of the clock offset that is reported. */
const pollIntervalMs = 20_000;
const slowMs = 1500;
const clockDriftMs = 2000;

/** Checks repeatedly whether the server responds, how fast, and how far its clock is off. */
export function createConnection({ api, baseUrl, onChange, now, every }: Collaborators) {
  let state: ConnectionState | null = null;
  let asking: Promise<void> | null = null;

  const settle = (next: ConnectionState['state'], clockOffset: number) => {
    const same = state?.state === next && Math.abs(state.clockOffset - clockOffset) < clockDriftMs;
    if (state && same) return;
    state = { state: next, clockOffset, since: new Date(now()).toISOString() };
    onChange(state);
  };
  const ask = async () => {
    const address = await baseUrl().catch(() => null);
    if (address === null) return;
    const asked = now();
    try {
      const { time } = await api.call(address, getAbout, {}, { timeout: 10_000 });
      const answered = now();
      // Assumes that the server read its clock half way between request and response.
      settle(answered - asked > slowMs ? 'slow' : 'connected', Date.parse(time) - (asked + answered) / 2);
    } catch {
      settle('offline', state?.clockOffset ?? 0);
    }
  };
  const check = (): Promise<void> =>
    (asking ??= ask().finally(() => {
      asking = null;
    }));
  every(pollIntervalMs, () => void check());
  return { state: () => state, check };
}
