import { checkKinds, type CheckKind } from '../../../shared/api/check.ts';
import type { Role } from '../../../shared/api/operator.ts';
import { assertCanAccess, parseScope } from '../../authorization/account-access.ts';
import { readVouchers } from '../../authorization/four-eyes.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { readPerson, readPersons } from '../../authorization/persons.ts';
import { effectiveTier } from '../../directories/effective-tier.ts';
import type { Directory } from '../../directories/directory.ts';
import type { Channels } from '../../messaging/channels.ts';
import type { PendingSecrets } from '../../passwords/temporary-passwords/pending-secrets.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { Refusal } from '../../refusal.ts';
import type { KeyedHash } from '../../store/keyed-hash.ts';
import type { Store, Transaction } from '../../store/store.ts';
import type { ChecksTable, EvidenceTable, ResetsTable } from '../../store/tables.ts';
import type { AlertReader } from '../alert/read-alerts.ts';
import type { ApprovalRecord, Approver } from './approval-validity.ts';
import { deriveCaseContext, type CaseContext, type CaseRecord } from './case-context.ts';
import type { CheckOffer, CheckRegistry, CheckSubject } from './check.ts';
import { readMemory } from './read-memory.ts';
import type { OtherCase } from './taken-over-evidence.ts';

export interface CaseContextReader {
  /**
   * Reads everything that decides about a case, in the given transaction if there is one. Throws `case.not-found`, and `account.out-of-scope` for an
   * operator who may not access the account.
   */
  read(caseId: string, session: OperatorSession, tx?: Transaction): Promise<CaseContext>;
}

interface Collaborators {
  readonly store: Store;
  readonly directory: Directory;
  readonly policy: PolicyInForce;
  readonly alerts: AlertReader;
  readonly channels: Pick<Channels, 'obstacle'>;
  readonly registry: CheckRegistry;
  readonly secrets: Pick<PendingSecrets, 'has'>;
  readonly keyed: KeyedHash;
  readonly now: () => number;
}

type Readable = Transaction | Store['db'];

/** Reads cases for the decisions about them. Writes nothing and decides nothing. */
export function createCaseContextReader(collaborators: Collaborators): CaseContextReader {
  const { store, directory, policy, alerts, channels, registry, secrets, keyed, now } = collaborators;
  return {
    async read(caseId, session, tx) {
      const db = tx ?? store.db;
      const opened = await db.selectFrom('cases').selectAll().where('id', '=', caseId).executeTakeFirst();
      const stored = opened && (await directory.get(opened.account_id, tx));
      if (!opened || !stored) throw new Refusal('case.not-found');
      assertCanAccess(session.operator, stored.account);
      const inForce = await policy.current(tx);
      const { document } = inForce;
      const at = now();
      // For some time after the tier was lowered, the stronger tier applies.
      const tier = effectiveTier(stored.account, document.contactCoolDown, at);
      const found = { ...stored, account: { ...stored.account, tier } };
      const { account } = found;
      const ofCase = (table: 'checks' | 'evidence' | 'resets') =>
        db.selectFrom(table).selectAll().where('case_id', '=', caseId);
      const checks = (await ofCase('checks').orderBy('started_at', 'desc').execute()) as ChecksTable[];
      const evidence = (await ofCase('evidence').orderBy('at').execute()) as EvidenceTable[];
      const resets = (await ofCase('resets').orderBy('intended_at', 'desc').execute()) as ResetsTable[];
      const memory = await readMemory(db, opened, account, document, at);
      const person = await readPerson(db, opened.operator_id);
      const alertRaised = await alerts.raisedFor(account.tier, opened.operator_id, tx);
      const operator = { ...session.operator, person };
      const offers = await readOffers(registry, { account, operator, document, at, db });
      const approvals = await db
        .selectFrom('approvals')
        .selectAll()
        .where('case_id', '=', caseId)
        .orderBy('asked_at', 'desc')
        .execute();
      return deriveCaseContext({
        session,
        person,
        opened,
        found,
        capabilities: await directory.capabilitiesOf(account, tx),
        policy: inForce,
        checks,
        evidence,
        resets,
        holdsSecret: secrets.has,
        memory,
        alertRaised,
        channels: {
          mail: await channels.obstacle('mail', session, db),
          text: await channels.obstacle('text', session, db),
          'mailed-link': await channels.obstacle('mailed-link', session, db),
        },
        approvals,
        approvers: await readApprovers(db, approvals),
        vouchers: approvals.length === 0 ? [] : (await readVouchers(db, [caseId])).map((word) => word.person),
        offers,
        boundChecks: findBoundChecks(checks, offers, keyed),
        otherCase: await readOtherCase({ db, opened, operator, document, at }, { registry, keyed, offers }),
        at,
      });
    },
  };
}

/** The kinds that the policy and this backend offer, in their order. */
async function readOffers(
  registry: CheckRegistry,
  subject: CheckSubject,
): Promise<ReadonlyMap<CheckKind, CheckOffer>> {
  const offers = new Map<CheckKind, CheckOffer>();
  for (const kind of checkKinds) {
    const check = subject.document.checksOff.includes(kind) ? undefined : registry.get(kind);
    if (check) offers.set(kind, await check.offer(subject));
  }
  return offers;
}

/** Whether a check still depends on the data on file. The check stores a keyed hash of it. */
export const isBound = (
  { destination_hash }: Pick<ChecksTable, 'destination_hash'>,
  boundTo: string | null,
  keyed: KeyedHash,
): boolean => boundTo !== null && keyed.matches('destination', boundTo, destination_hash ?? '');

const findBoundChecks = (
  checks: readonly ChecksTable[],
  offers: ReadonlyMap<CheckKind, CheckOffer>,
  keyed: KeyedHash,
): ReadonlySet<string> =>
  new Set(
    checks
      .filter((check) => isBound(check, offers.get(check.kind as CheckKind)?.boundTo ?? null, keyed))
      .map(({ id }) => id),
  );

/** Reads the case about another account from which a case takes over evidence; null without one. */
async function readOtherCase(
  {
    db,
    opened,
    operator,
    document,
    at,
  }: Omit<CheckSubject, 'account' | 'db'> & { readonly db: Readable; readonly opened: CaseRecord },
  {
    registry,
    keyed,
    offers,
  }: Pick<Collaborators, 'registry' | 'keyed'> & { readonly offers: CaseContext['offers'] },
): Promise<OtherCase | null> {
  if (opened.evidence_from === null) return null;
  const other = await db
    .selectFrom('cases')
    .selectAll()
    .where('id', '=', opened.evidence_from)
    .executeTakeFirst();
  const account =
    other &&
    (await db.selectFrom('accounts').selectAll().where('id', '=', other.account_id).executeTakeFirst());
  if (!other || !account) return null;
  const ofOther = (table: 'checks' | 'evidence') =>
    db.selectFrom(table).selectAll().where('case_id', '=', other.id);
  const checks = (await ofOther('checks').execute()) as ChecksTable[];
  const there = findBoundChecks(
    checks,
    await readOffers(registry, { account, operator, document, at, db }),
    keyed,
  );
  const here = findBoundChecks(checks, offers, keyed);
  const link = await db
    .selectFrom('account_links')
    .select('linked_at')
    .where('unlinked_at', 'is', null)
    .where('account_id', 'in', [account.id, opened.account_id])
    .where('other_id', 'in', [account.id, opened.account_id])
    .executeTakeFirst();
  return {
    opened: other,
    account,
    evidence: (await ofOther('evidence').execute()) as EvidenceTable[],
    memory: await readMemory(db, other, account, document, at),
    linkedAt: link?.linked_at ?? null,
    sameChannel: new Set([...there].filter((id) => here.has(id))),
  };
}

/** The current state of the operators who decided. An approval counts only while its approver has the role. */
async function readApprovers(
  db: Readable,
  approvals: readonly ApprovalRecord[],
): Promise<ReadonlyMap<string, Approver>> {
  const ids = approvals.map(({ decided_by }) => decided_by).filter((id) => id !== null);
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('operators')
    .select(['id', 'roles', 'state', 'scope'])
    .where('id', 'in', ids)
    .execute();
  const persons = await readPersons(db, ids);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        roles: JSON.parse(row.roles) as Role[],
        disabled: row.state !== 'active',
        scope: parseScope(row.scope),
        person: persons.get(row.id) ?? new Set([`operator ${row.id}`]),
      },
    ]),
  );
}
