import { useEffect, useRef, useState } from 'react';
import type { SessionView } from '../../../shared/api/session.ts';
import type { Result } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useProofWays, type ProofWay } from './proof-ways.ts';

/** What an operator proves themselves with once more; `ProofField` shows it. */
export interface Proof {
  readonly way: ProofWay;
  readonly text: string;
  /** The browser is open at the identity provider. */
  readonly inBrowser: boolean;
  /** Something is typed, or nothing has to be. */
  readonly ready: boolean;
  readonly choose: (way: ProofWay) => void;
  readonly type: (text: string) => void;
  /** Proves; what was typed is gone afterwards. */
  readonly prove: () => Promise<Result<SessionView>>;
  /** Gives up waiting for the browser. */
  readonly giveUp: () => void;
  readonly clear: () => void;
}

/** A proof in the making. The same call unlocks a console that is locked. */
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
  // Whoever leaves does not wait for the browser any more.
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
      return bridge.session.reauthenticate(way === 'code' ? { code: typed } : { password: typed });
    },
    giveUp,
    clear: () => {
      setText('');
    },
  };
}
