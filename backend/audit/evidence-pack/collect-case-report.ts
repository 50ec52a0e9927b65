import type { Selectable } from 'kysely';
import { maskEmail, maskPhone } from '../../text/mask.ts';
import type { AuditKey } from '../../store/audit-key.ts';
import { eventLine, type ExportLine } from '../export/json-lines.ts';
import { Refusal } from '../../refusal.ts';
import type { Store } from '../../store/store.ts';
import type { CasesTable } from '../../store/tables/cases.ts';
import { packFormat, type CaseReport } from './case-report.ts';

interface Collaborators {
  readonly store: Store;
  readonly key: AuditKey;
  readonly version: string;
}

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

/** Collects a case's report from the database. Throws `case.not-found`. */
export async function collectCaseReport(
  { store, key, version }: Collaborators,
  caseId: string,
  issued: {
    readonly by: string;
    readonly at: number;
    readonly organisation: string | null;
    readonly zone: string;
  },
): Promise<CaseReport> {
  const { db } = store;
  const opened = await db.selectFrom('cases').selectAll().where('id', '=', caseId).executeTakeFirst();
  const account =
    opened &&
    (await db.selectFrom('accounts').selectAll().where('id', '=', opened.account_id).executeTakeFirst());
  if (!opened || !account) throw new Refusal('case.not-found');
  const operators = new Map(
    (await db.selectFrom('operators').select(['id', 'display_name']).execute()).map(
      ({ id, display_name }) => [id, display_name],
    ),
  );
  const nameOf = (id: string) => operators.get(id) ?? id;
  const rows = await readCaseRows(db, opened, issued.at);
  const last = (table: 'audit_events' | 'audit_checkpoints') =>
    db.selectFrom(table).select(['seq', 'hash']).orderBy('seq', 'desc').limit(1).executeTakeFirst();

  return {
    format: packFormat,
    product: `Reset Desk ${version}`,
    issuedAt: iso(issued.at),
    issuedBy: issued.by,
    organisation: issued.organisation,
    zone: issued.zone,
    keyId: key.keyId,
    publicKey: key.publicKey,
    case: {
      id: opened.id,
      number: opened.number,
      state: opened.state,
      ticket: opened.ticket,
      reason: opened.reason,
      openedAt: iso(opened.opened_at),
      endedAt: isoOrNull(opened.ended_at),
      refusalReason: opened.refusal_reason,
      refusalNote: opened.refusal_note,
    },
    account: {
      id: account.id,
      userName: account.user_name,
      displayName: account.display_name,
      tier: account.tier,
      department: account.department,
      directory: account.directory,
    },
    operator: { id: opened.operator_id, displayName: nameOf(opened.operator_id) },
    ...reportVerification(rows, nameOf),
    ...reportResets(rows),
    events: rows.events.map((event) => eventLine(event) as ExportLine & { type: 'event' }),
    chain: { head: (await last('audit_events')) ?? null, signed: (await last('audit_checkpoints')) ?? null },
  };
}

type CaseRows = Awaited<ReturnType<typeof readCaseRows>>;

/** Changes of an account that a decision about it can count as recent. They belong to no case. */
const accountChanges = ['account.details-changed', 'account.contact-changed', 'account.changed'] as const;
/** Milliseconds: the longest time for which a policy can let a change count. */
const changesCountForMs = 90 * 24 * 3_600_000;

/** Reads the records of a case, and the changes of its account that could have counted in it, oldest first. `at` in milliseconds. */
async function readCaseRows(
  db: Store['db'],
  { id: caseId, account_id, opened_at, ended_at }: Selectable<CasesTable>,
  at: number,
) {
  const checks = await db
    .selectFrom('checks')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('started_at')
    .execute();
  const evidence = await db.selectFrom('evidence').selectAll().where('case_id', '=', caseId).execute();
  const approvals = await db
    .selectFrom('approvals')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('asked_at')
    .execute();
  const grants = await db
    .selectFrom('grants')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('minted_at')
    .execute();
  const resets = await db
    .selectFrom('resets')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('intended_at')
    .execute();
  const mails = await db
    .selectFrom('mails')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('queued_at')
    .execute();
  const texts = await db
    .selectFrom('text_messages')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('queued_at')
    .execute();
  const events = await db
    .selectFrom('audit_events')
    .selectAll()
    .where((where) =>
      where.or([
        where('case_id', '=', caseId),
        where.and([
          where('account_id', '=', account_id),
          where('case_id', 'is', null),
          where('action', 'in', accountChanges),
          where('at', '>', opened_at - changesCountForMs),
          where('at', '<=', ended_at ?? at),
        ]),
      ]),
    )
    .orderBy('seq')
    .execute();
  return { checks, evidence, approvals, grants, resets, mails, texts, events };
}

/** The operators who read a check's code in the outbox before the check was settled. */
function readersOf({ mail_id, settled_at }: CaseRows['checks'][number], events: CaseRows['events']) {
  return events
    .filter(({ action, outcome, at, facts }) => {
      if (action !== 'outbox.read' || outcome !== 'done' || mail_id === null) return false;
      const { mail, text } = JSON.parse(facts) as { mail?: string; text?: string };
      return (mail ?? text) === mail_id && (settled_at === null || at <= settled_at);
    })
    .map(({ at, actor_name }) => ({ at: iso(at), by: actor_name ?? 'Reset Desk' }));
}

/** The verification of the caller: the checks, the approvals, and the grants that followed. */
const reportVerification = (
  { checks, evidence, approvals, grants, events }: CaseRows,
  nameOf: (operatorId: string) => string,
) =>
  ({
    checks: checks.map((check) => {
      const piece = evidence.find(({ check_id }) => check_id === check.id);
      return {
        id: check.id,
        kind: check.kind,
        outcome: piece?.outcome ?? check.state,
        destination: check.destination,
        note: piece?.note ?? null,
        startedAt: iso(check.started_at),
        settledAt: isoOrNull(check.settled_at),
        readInOutbox: readersOf(check, events),
      };
    }),
    approvals: approvals.map((approval) => ({
      action: approval.action,
      needed: JSON.parse(approval.needed) as string[],
      state: approval.state,
      askedBy: nameOf(approval.operator_id),
      askedAt: iso(approval.asked_at),
      note: approval.note,
      decidedBy: approval.decided_by === null ? null : nameOf(approval.decided_by),
      decidedAt: isoOrNull(approval.decided_at),
      reason: approval.reason,
    })),
    grants: grants.map((grant) => ({
      action: grant.action,
      policyVersion: grant.policy_version,
      mintedAt: iso(grant.minted_at),
      spentAt: isoOrNull(grant.spent_at),
    })),
  }) satisfies Partial<CaseReport>;

/** What was issued, who saw it, and which notifications were sent. */
const reportResets = ({ resets, mails, texts, events }: CaseRows) =>
  ({
    issued: resets.map((reset) => ({
      id: reset.id,
      action: reset.action,
      delivery: reset.delivery_mode,
      state: reset.state,
      at: iso(reset.settled_at ?? reset.intended_at),
      validUntil: isoOrNull(reset.valid_until),
      sentTo: reset.sent_to,
      sessionsEnded: reset.sessions_ended,
      unlocked: reset.unlocked === 1,
      handedOverAt: isoOrNull(reset.handed_over_at),
      usedAt: isoOrNull(reset.used_at),
      passwordSetAt: isoOrNull(reset.password_set_at),
      voidedAt: isoOrNull(reset.voided_at),
    })),
    reveals: events
      .filter(({ action, outcome }) => action.startsWith('reset.secret-') && outcome === 'done')
      .map(({ at, action, actor_name }) => ({
        at: iso(at),
        way: action.replace('reset.secret-', ''),
        by: actor_name ?? 'Reset Desk',
      })),
    notifications: [
      ...mails.map((mail) => ({ ...messageOf(mail), by: 'mail' as const, to: maskEmail(mail.to_address) })),
      ...texts.map((text) => ({ ...messageOf(text), by: 'text' as const, to: maskPhone(text.to_number) })),
    ].toSorted((a, b) => (a.at < b.at ? -1 : 1)),
  }) satisfies Partial<CaseReport>;

const messageOf = (message: {
  kind: string;
  state: string;
  queued_at: number;
  settled_at: number | null;
  answer: string | null;
}) => ({
  kind: message.kind,
  state: message.state,
  at: iso(message.queued_at),
  settledAt: isoOrNull(message.settled_at),
  answer: message.answer,
});
