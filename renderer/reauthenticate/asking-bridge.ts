import type { Bridge } from '../../shared/bridge/contract.ts';
import { calls } from '../../shared/bridge/channels.ts';
import type { FailureCode } from '../../shared/errors/codes.ts';
import type { Result } from '../../shared/errors/result.ts';

interface Asking {
  /** Asks for the password; true when it was right. */
  readonly prove: () => Promise<boolean>;
  /** The session is gone or locked: where the console stands has changed. */
  readonly onSessionLost: () => void;
}

/** The confirmation of a reset asks in its own dialog; the session's own calls are the asking. */
const asksItself = new Set(['cases.mintGrant', 'resets.reset']);
const lost = new Set<FailureCode>([
  'session.missing',
  'session.expired',
  'session.idle-locked',
  'console.locked',
  'console.signed-out',
]);

type Call = (args?: unknown) => Promise<Result<unknown>>;

/** The same bridge, but a call that needs a fresher proof asks for it and is made once more. */
export function createAskingBridge(bridge: Bridge, { prove, onSessionLost }: Asking): Bridge {
  const groups = Object.entries(calls).map(([group, names]) => {
    const plain = bridge[group as keyof typeof calls] as unknown as Record<string, Call>;
    const wrapped = names.map((name) => {
      if (group === 'session' || group === 'app') return [name, plain[name]] as const;
      const call: Call = async (args) => {
        const made = async () =>
          (await plain[name]?.(args)) ?? { ok: false, failure: { code: 'bridge.refused' } };
        let result: Result<unknown> = await made();
        if (
          !result.ok &&
          result.failure.code === 'session.reauthentication-required' &&
          !asksItself.has(`${group}.${name}`) &&
          (await prove())
        )
          result = await made();
        if (!result.ok && lost.has(result.failure.code)) onSessionLost();
        return result;
      };
      return [name, call] as const;
    });
    return [group, Object.fromEntries(wrapped)] as const;
  });
  return { ...Object.fromEntries(groups), on: bridge.on, pathOf: bridge.pathOf } as unknown as Bridge;
}
