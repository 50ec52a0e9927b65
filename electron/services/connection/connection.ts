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
/** A check that takes longer is given up, whatever it waits for, so that it cannot keep later checks from running. */
const giveUpMs = 30_000;

/** Checks repeatedly whether the server responds, how fast, and how far its clock is off. */
export function createConnection({ api, baseUrl, onChange, now, every }: Collaborators) {
  let state: ConnectionState | null = null;
  let asking: { readonly since: number; readonly done: Promise<void> } | null = null;

  const settle = (next: ConnectionState['state'], clockOffset: number) => {
    const same = state?.state === next && Math.abs(state.clockOffset - clockOffset) < clockDriftMs;
    if (state && same) return;
    state = { state: next, clockOffset, since: new Date(now()).toISOString() };
    onChange(state);
  };
  /** `isCurrent` returns false once the check was given up. */
  const ask = async (isCurrent: () => boolean) => {
    const address = await baseUrl().catch(() => null);
    if (address === null || !isCurrent()) return;
    const asked = now();
    try {
      const { time } = await api.call(address, getAbout, {}, { timeout: 10_000 });
      const answered = now();
      // Assumes that the server read its clock half way between request and response.
      const clockOffset = Date.parse(time) - (asked + answered) / 2;
      if (isCurrent()) settle(answered - asked > slowMs ? 'slow' : 'connected', clockOffset);
    } catch {
      if (isCurrent()) settle('offline', state?.clockOffset ?? 0);
    }
  };
  const check = (): Promise<void> => {
    if (asking !== null && now() - asking.since < giveUpMs) return asking.done;
    if (asking !== null) settle('offline', state?.clockOffset ?? 0);
    const isCurrent = () => asking === started;
    const started = {
      since: now(),
      done: Promise.resolve()
        .then(() => ask(isCurrent))
        .finally(() => {
          if (isCurrent()) asking = null;
        }),
    };
    asking = started;
    return started.done;
  };
  every(pollIntervalMs, () => void check());
  return { state: () => state, check };
}
