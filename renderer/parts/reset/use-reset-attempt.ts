import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { CaseAction, GrantView } from '../../../shared/api/case.ts';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import type { ChosenDelivery } from './delivery-choice.tsx';

interface ResetAttemptOptions {
  readonly caseId: string;
  readonly action: CaseAction;
  /** The sign-in method to remove. */
  readonly methodId?: string | undefined;
  /** The reset that this one replaces. */
  readonly insteadOf?: string | undefined;
  readonly onReset: () => void;
}

/** Failures after which a new grant is needed. After any other failure the same attempt is repeated, which cannot reset twice. */
const needsNewGrant = new Set([
  'grant.expired',
  'grant.spent',
  'grant.not-found',
  'grant.policy-changed',
  'grant.other-session',
]);

/** Mints the grant as soon as it is used, while the operator still reads, and spends it once. */
export function useResetAttempt({ caseId, action, methodId, insteadOf, onReset }: ResetAttemptOptions) {
  const bridge = useConsoleBridge();
  const attempt = useRef('');
  const grant = useRef<Promise<Result<GrantView>> | null>(null);
  const busy = useRef(false);
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [proofNeeded, setProofNeeded] = useState(false);
  const replacing = insteadOf === undefined ? {} : { insteadOf };

  function mint() {
    attempt.current = crypto.randomUUID();
    grant.current = bridge.cases.mintGrant({ params: { caseId }, body: { action, ...replacing } });
    return grant.current;
  }
  function fail(reason: Failure) {
    if (needsNewGrant.has(reason.code)) grant.current = null;
    if (reason.code === 'session.reauthentication-required') {
      grant.current = null;
      setProofNeeded(true);
      return;
    }
    setFailure(reason);
  }
  async function mintOrFail() {
    const minted = await mint();
    if (minted.ok) return;
    grant.current = null;
    fail(minted.failure);
  }
  const onOpen = useEffectEvent(() => {
    // A second mount (double effects in React's development mode) uses the grant that is already requested.
    if (grant.current === null) void mintOrFail();
  });
  useEffect(() => onOpen(), []);

  async function once(work: () => Promise<void>) {
    if (busy.current) return;
    busy.current = true;
    setWorking(true);
    setFailure(null);
    await work();
    busy.current = false;
    setWorking(false);
  }
  /** Runs the operator's proof of identity and then mints a grant that counts it. */
  const prove = (proof: () => Promise<Result<unknown>>) =>
    once(async () => {
      const proven = await proof();
      if (!proven.ok) return setFailure(proven.failure);
      setProofNeeded(false);
      await mintOrFail();
    });
  const reset = (chosen: ChosenDelivery) =>
    once(async () => {
      const minted = await (grant.current ?? mint());
      if (!minted.ok) {
        grant.current = null;
        return fail(minted.failure);
      }
      if (action === 'unlock') {
        const unlocked = await bridge.cases.unlock({
          params: { caseId },
          body: { grantId: minted.value.id },
        });
        // The grant is spent before the directory is asked.
        grant.current = null;
        return unlocked.ok ? onReset() : fail(unlocked.failure);
      }
      if (action === 'remove-sign-in-method') {
        const removed = await bridge.cases.removeSignInMethod({
          params: { caseId },
          body: { grantId: minted.value.id, methodId: methodId ?? '' },
        });
        grant.current = null;
        return removed.ok ? onReset() : fail(removed.failure);
      }
      const done = await bridge.resets.reset({
        caseId,
        grantId: minted.value.id,
        action,
        ...replacing,
        ...chosen,
        attempt: attempt.current,
      });
      if (done.ok || done.failure.code === 'reset.outcome-unknown') onReset();
      else fail(done.failure);
    });
  return { reset, prove, proofNeeded, working, failure };
}
