import { useEffect, useRef, useState } from 'react';
import type { SessionView } from '../../../shared/api/session.ts';
import type { Result } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useProofWays, type ProofWay } from './proof-ways.ts';

/** The state of confirming the operator's identity again; `ProofField` shows it. */
export interface Proof {
  readonly way: ProofWay;
  readonly text: string;
  /** Whether the browser is open at the identity provider. */
  readonly inBrowser: boolean;
  /** Whether the proof can be sent: the field is filled in, or the proof has no field. */
  readonly ready: boolean;
  readonly choose: (way: ProofWay) => void;
  readonly type: (text: string) => void;
  /** Sends the proof and clears the field. */
  readonly prove: () => Promise<Result<SessionView>>;
  /** Stops waiting for the browser. */
  readonly giveUp: () => void;
  readonly clear: () => void;
}

/** The form has no field for the user name, and a typing mistake needs no look into a log. */
const aboutThePassword = (answer: Result<SessionView>): Result<SessionView> =>
  !answer.ok && answer.failure.code === 'session.credentials-wrong'
    ? { ok: false, failure: { code: 'session.password-wrong' } }
    : answer;

/** Confirms the operator's identity again. The same call unlocks a locked console. */
export function useProof(): Proof {
  const bridge = useConsoleBridge();
  const { ways } = useProofWays();
  const [way, setWay] = useState<ProofWay>(ways[0] ?? 'password');
  const [text, setText] = useState('');
  const [inBrowser, setInBrowser] = useState(false);
  const waiting = useRef(false);
  const giveUp = () => {
    if (waiting.current) void bridge.session.cancelSignIn();
  };
  // When the field is unmounted, main stops waiting for the browser.
  useEffect(
    () => () => {
      if (waiting.current) void bridge.session.cancelSignIn();
    },
    [bridge],
  );

  const atProvider = async () => {
    waiting.current = true;
    setInBrowser(true);
    const result = await bridge.session.proveWithProvider();
    waiting.current = false;
    setInBrowser(false);
    return result;
  };
  return {
    way,
    text,
    inBrowser,
    ready: way === 'provider' || text !== '',
    choose: (chosen) => {
      giveUp();
      setWay(chosen);
      setText('');
    },
    type: setText,
    prove: async () => {
      if (way === 'provider') return atProvider();
      const typed = text;
      setText('');
      return way === 'code'
        ? bridge.session.reauthenticate({ code: typed })
        : aboutThePassword(await bridge.session.reauthenticate({ password: typed }));
    },
    giveUp,
    clear: () => {
      setText('');
    },
  };
}
