import { caseEnd } from '../decision/case-lifecycle.ts';
import { isPending } from '../decision/check-obstacle.ts';
import { isBound } from '../decision/read-case-context.ts';
import { extendCase } from '../extend-case.ts';
import { readPerson } from '../../authorization/persons.ts';
import type { Directory } from '../../directories/directory.ts';
import type { Live } from '../../live/live.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { KeyedHash } from '../../store/keyed-hash.ts';
import type { Transaction, Store } from '../../store/store.ts';
import type { CheckRegistry } from '../decision/check.ts';
import { managerOf } from './manager-of.ts';
import { recordVerdict } from './record-verdict.ts';

/** The question to a manager. Instants in milliseconds. */
export interface ManagersQuestion {
  readonly displayName: string;
  readonly userName: string;
  readonly operator: string;
  readonly caseNumber: number;
  readonly askedAt: number;
  readonly expiresAt: number;
}

export interface ManagersAnswers {
  /** The question behind a link; null if the link is unknown, answered or expired. Changes nothing. */
  look(token: string): Promise<ManagersQuestion | null>;
  /** Accepts one answer; false if the link is unknown, answered or expired. */
  answer(
    token: string,
    word: 'yes' | 'no',
    from: { readonly clientAddress: string | null; readonly client: string | null },
  ): Promise<boolean>;
}

interface Collaborators {
  readonly store: Store;
  readonly directory: Directory;
  readonly policy: PolicyInForce;
  readonly registry: CheckRegistry;
  readonly keyed: KeyedHash;
  readonly live: Live;
  readonly now: () => number;
}

/** The answers of managers to the question whether they know of the caller's request. */
export function createManagersAnswers(collaborators: Collaborators): ManagersAnswers {
  const { store, directory, policy, registry, keyed, live, now } = collaborators;

  /** The open question behind a token, as long as its case is open and the manager on file is the person who was asked and is not the operator. */
  async function find(token: string, tx?: Transaction) {
    const db = tx ?? store.db;
    const [checkId = ''] = token.split('.');
    const check = await db
      .selectFrom('checks')
      .selectAll()
      .where('id', '=', checkId)
      .where('kind', '=', 'managers-word')
      .executeTakeFirst();
    if (!check || !keyed.matches('managers-word', token, check.code_hash ?? '')) return null;
    const at = now();
    if (!isPending(check, at)) return null;
    const opened = await db
      .selectFrom('cases')
      .innerJoin('operators', 'operators.id', 'cases.operator_id')
      .selectAll('cases')
      .select('operators.display_name as operator_name')
      .where('cases.id', '=', check.case_id)
      .executeTakeFirst();
    const found = opened && (await directory.get(opened.account_id, tx));
    const adapter = registry.get('managers-word');
    if (!opened || !found || !adapter) return null;
    const { document, version } = await policy.current(tx);
    if (caseEnd(opened, document, at) !== null) return null;
    const { account } = found;
    const operator = {
      id: opened.operator_id,
      displayName: opened.operator_name,
      person: await readPerson(db, opened.operator_id),
    };
    const subject = { account, operator, document, at, db };
    const { boundTo } = await adapter.offer(subject);
    const { manager } = await managerOf(subject);
    if (!manager || !isBound(check, boundTo, keyed)) return null;
    return { check, opened, account, manager, operator, version, at };
  }

  return {
    async look(token) {
      const found = await find(token);
      if (!found) return null;
      const { check, opened, account, operator } = found;
      return {
        displayName: account.display_name,
        userName: account.user_name,
        operator: operator.displayName,
        caseNumber: opened.number,
        askedAt: check.started_at,
        expiresAt: check.expires_at,
      };
    },

    async answer(token, word, from) {
      const before = await find(token);
      if (!before) return false;
      const { id, display_name: name } = before.manager;
      const taken = await store
        .change({ ...from, actor: { kind: 'user', id, name } }, async (tx, record) => {
          // Read again inside the transaction, so that two simultaneous answers count as one.
          const found = await find(token, tx);
          if (!found) throw new DeadLink();
          const { check, at, version } = found;
          const yes = word === 'yes';
          await extendCase(tx, check.case_id, at);
          await recordVerdict(
            tx,
            record,
            check,
            {
              outcome: yes ? 'passed' : 'failed',
              note: `${name} answered ${word}.`,
              facts: { how: yes ? 'confirmed' : 'denied', person: name },
            },
            { at, policyVersion: version },
          );
          return check.case_id;
        })
        .catch((thrown: unknown) => {
          if (thrown instanceof DeadLink) return null;
          throw thrown;
        });
      if (taken === null) return false;
      live.publish({ type: 'case-changed', caseId: taken });
      return true;
    },
  };
}

class DeadLink extends Error {}
