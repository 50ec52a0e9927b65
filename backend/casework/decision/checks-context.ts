import type { AssuranceView, CheckKind } from '../../../shared/api/check.ts';
import { checkKinds } from '../../../shared/api/check.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { KeyedHash } from '../../store/keyed-hash.ts';
import type { ChecksTable, EvidenceTable } from '../../store/tables.ts';
import { assuranceOf } from '../../policy/assurance.ts';
import type { CheckLook, CheckObstacle, CheckRegistry, CheckSubject } from './check.ts';
import { commonObstacle } from './check-obstacle.ts';

/** Where the checks of a case stand. */
export interface ChecksContext {
  /** The kinds that the policy and this backend offer, in their order, as they look now. */
  readonly looks: ReadonlyMap<CheckKind, CheckLook>;
  readonly obstacles: ReadonlyMap<CheckKind, CheckObstacle>;
  /** The passed checks whose evidence still proves something. */
  readonly counting: ReadonlySet<string>;
  readonly assurance: AssuranceView;
}

interface Circumstances extends CheckSubject {
  readonly registry: CheckRegistry;
  readonly keyed: KeyedHash;
  /** Of the case, newest first. */
  readonly checks: readonly ChecksTable[];
  readonly evidence: readonly EvidenceTable[];
  /** The session that works in the case; null when somebody else looks at it. */
  readonly session: OperatorSession | null;
  readonly approverOnly: boolean;
  readonly alertRaised: boolean;
}

/** Reads where the checks of a case stand: the one place where evidence becomes assurance. */
export async function readChecksContext(circumstances: Circumstances): Promise<ChecksContext> {
  const { registry, keyed, checks, evidence, session, account, document, alertRaised } = circumstances;
  const looks = new Map<CheckKind, CheckLook>();
  const obstacles = new Map<CheckKind, CheckObstacle>();
  for (const kind of checkKinds) {
    const adapter = document.checksOff.includes(kind) ? undefined : registry.get(kind);
    if (!adapter) continue;
    const look = await adapter.look(circumstances);
    looks.set(kind, look);
    const found = look.obstacle ?? commonObstacle(kind, { ...circumstances, policy: document });
    if (found) obstacles.set(kind, found);
  }
  // Evidence about an address that is no longer the account's, or that another sign-in gathered, proves nothing here.
  const proves = ({ check_id, kind, outcome, session_id }: EvidenceTable): boolean => {
    const boundTo = looks.get(kind as CheckKind)?.boundTo ?? null;
    const stored = checks.find(({ id }) => id === check_id)?.destination_hash ?? null;
    return (
      outcome === 'passed' &&
      (session === null || session.id === session_id) &&
      boundTo !== null &&
      stored !== null &&
      keyed.matches('destination', boundTo, stored)
    );
  };
  const counting = evidence.filter(proves);
  return {
    looks,
    obstacles,
    counting: new Set(counting.map(({ check_id }) => check_id)),
    assurance: assuranceOf(counting, account.tier, document, {
      alertRaised,
      blocked: new Set(checkKinds.filter((kind) => !looks.has(kind) || obstacles.has(kind))),
    }),
  };
}
