import type { AuditAction } from '../../shared/api/timeline.ts';
import type { MailComposer } from '../messaging/mail/mail-composer.ts';
import type { Mailer } from '../messaging/mail/mailer.ts';
import { createOperatorMails } from '../operators/operator-mails.ts';
import { createSettings } from '../store/settings.ts';
import type { Sealed } from '../store/sealed.ts';
import type { Store, Transaction } from '../store/store.ts';
import type { OperatorsTable } from '../store/tables.ts';
import { createChangeMails } from './change-mails.ts';

/** The origin in the facts of an event that a command on the server recorded. */
export const byServerCommand = 'server command';

/** The notices about the work of one command. */
interface Notice {
  /** The notice to the operators concerned, as a clause. */
  readonly clause: string;
  /** The notice to administrators; `name` is the operator's, if it is about one. */
  readonly what: (name: string) => string;
}

/** The events by which commands on the server change rights or secrets. */
const notices: Partial<Readonly<Record<AuditAction, Notice>>> = {
  'operator.unlocked': {
    clause: 'you were unlocked after wrong passwords or codes, by a command on the server',
    what: (name) => `the lock of the operator ${name}, who was unlocked after wrong passwords or codes`,
  },
  'operator.disabled': {
    clause: 'your access was turned off, by a command on the server',
    what: (name) => `the state of the operator ${name}, who is disabled now`,
  },
  'operator.changed': {
    clause: 'your access was extended to all accounts, by a command on the server',
    what: (name) => `the scope of the operator ${name}, who can access all accounts now`,
  },
  'audit.key-replaced': {
    clause:
      'the server’s secret key was replaced, which ended your sessions and reset your two-factor authentication',
    what: () =>
      'the server’s secret key: all sessions ended, and the two-factor authentication of operators and users was reset',
  },
  'audit.resumed': {
    clause:
      'the server continued with an older copy of its database, so your password, two-factor authentication, roles and scope are those of that time',
    what: () => 'the database, which was replaced by an older copy; newer changes are lost',
  },
  'audit.restored': {
    clause:
      'the server’s database was restored from a copy, so your password, two-factor authentication, roles and scope are those of that time',
    what: () => 'the database, which was restored from a copy; newer changes are lost',
  },
};
/** Events that only commands record. */
const commandsOnly: ReadonlySet<string> = new Set<AuditAction>([
  'audit.key-replaced',
  'audit.resumed',
  'audit.restored',
]);

/** Milliseconds. At the first run, for example after an update, older commands are not reported. */
const firstTime = 24 * 3_600_000;
const positionName = 'server-commands.told';

/**
 * Reports what commands on the server changed about rights and secrets. Commands run beside the backend or while it is stopped, and only record what
 * they did. The running backend reads that from the audit log and mails the operators concerned and all administrators.
 */
export function createServerCommandNotices({
  store,
  sealed,
  mailer,
  mailComposer,
  now,
}: {
  readonly store: Store;
  readonly sealed: Sealed;
  readonly mailer: Mailer;
  readonly mailComposer: MailComposer;
  readonly now: () => number;
}) {
  const mails = createChangeMails({ mailer, mailComposer });
  const operatorMails = createOperatorMails({ mailer, mailComposer });
  const settings = createSettings({ store, sealed, now });
  /** The last event that was read; null before the first read. */
  let position: number | null = null;

  const readNew = (db: Transaction | Store['db'], after: number) =>
    db
      .selectFrom('audit_events')
      .select(['seq', 'at', 'action', 'facts'])
      .where('action', 'in', Object.keys(notices) as AuditAction[])
      .where('actor_kind', '=', 'system')
      .where('seq', '>', after)
      .orderBy('seq')
      .execute();

  /** The operators concerned: the one that the event names, or all. */
  const concerned = (tx: Transaction, operatorId: string | null) =>
    tx
      .selectFrom('operators')
      .selectAll()
      .where('state', operatorId === null ? '=' : '!=', operatorId === null ? 'active' : 'removed')
      .$if(operatorId !== null, (rows) => rows.where('id', '=', operatorId ?? ''))
      .execute();

  const tell = async (tx: Transaction, { clause, what }: Notice, operatorId: string | null) => {
    const operators: readonly OperatorsTable[] = await concerned(tx, operatorId);
    for (const operator of operators) {
      if (operator.email !== null)
        await operatorMails.queueChangeNotice(tx, operator, operator.email, clause);
    }
    const name = operatorId === null ? '' : (operators[0]?.display_name ?? '');
    await mails.tell(tx, 'protected-change-made', await mails.readers(tx), {
      operator: 'A command on the server',
      what: what(name),
      how: 'Commands on the server need no second administrator.',
    });
  };

  return {
    /** Mails the effects of commands since the last run. */
    async sweep(): Promise<void> {
      const stored = position ?? Number((await settings.read(positionName)) ?? 0);
      const { head } = await store.db
        .selectFrom('audit_events')
        .select((where) => where.fn.max('seq').as('head'))
        .executeTakeFirstOrThrow();
      const isFirst = stored === 0;
      const events = (await readNew(store.db, stored)).filter(
        ({ action, at, facts }) =>
          (!isFirst || at > now() - firstTime) &&
          (commandsOnly.has(action) || factsOf(facts)['by'] === byServerCommand),
      );
      const last = events.at(-1);
      if (last !== undefined) {
        // Not audited: the commands recorded their own events, and the outcome of each mail is recorded.
        await store.writeUnaudited(async (tx) => {
          for (const { action, facts } of events) {
            const notice = notices[action as AuditAction];
            const { operator } = factsOf(facts);
            if (notice) await tell(tx, notice, typeof operator === 'string' ? operator : null);
          }
          await settings.write(tx, positionName, last.seq);
        });
      }
      position = Number(head ?? 0);
    },
  };
}

const factsOf = (facts: string) => JSON.parse(facts) as Readonly<Record<string, unknown>>;
