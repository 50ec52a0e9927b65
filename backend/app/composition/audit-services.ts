import { createEvidencePacks } from '../../audit/evidence-pack/evidence-packs.ts';
import { createPdfRenderer } from '../../audit/evidence-pack/pdf-renderer.ts';
import type { Sealed } from '../../store/sealed.ts';
import type { Store } from '../../store/store.ts';
import type { AuditKey } from '../../store/audit-key.ts';
import { createAuditLog } from '../../audit/audit-log.ts';
import type { KeptHead } from '../../audit/kept-head.ts';
import { createChainWatch } from '../../audit/chain-watch.ts';
import { createAuditStreams } from '../../audit/stream/audit-streams.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { HttpClient } from '../../outbound/http-client.ts';
import type { ReadTrust } from '../../outbound/trust.ts';
import { createStreamSettings } from '../../audit/stream/stream-settings.ts';

interface Collaborators {
  readonly store: Store;
  readonly key: AuditKey;
  readonly keptHead: KeptHead;
  readonly sealed: Sealed;
  readonly trust: ReadTrust;
  readonly http: HttpClient;
  readonly policy: Pick<PolicyInForce, 'current'>;
  readonly version: string;
  readonly now: () => number;
  readonly log: (event: string, facts: Readonly<Record<string, string | number>>) => void;
  readonly onUnexpected: (reference: string, thrown: unknown) => void;
}

/** The services of a running backend's audit log: reading, chain verification, streaming, evidence packs. */
export function createAuditServices(collaborators: Collaborators) {
  const { store, key, keptHead, sealed, trust, http, policy, version, now, log, onUnexpected } =
    collaborators;
  const chain = createChainWatch({
    store,
    key,
    kept: keptHead,
    now,
    onBroken: ({ kind, seq, to }) => {
      log('audit-chain-broken', { kind, seq, to });
    },
    onUnexpected,
  });
  const settings = createStreamSettings({ store, sealed, now });
  const renderer = createPdfRenderer();
  const streams = createAuditStreams({ store, settings, trust, http, version, now });
  return {
    log: createAuditLog({ store, key, version, now }),
    chain,
    settings,
    streams,
    packs: createEvidencePacks({ store, key, renderer, policy, version, now }),
    /** Verifies new events in the background, because the first verification of a long log would delay the other sweeps. */
    sweep: (): void => {
      void chain.advance();
    },
    /** Stops the streams and signs the end of the log. */
    stop: async (): Promise<void> => {
      await renderer.close();
      await streams.stop();
      await chain.settled();
      await chain.advance();
    },
  };
}
