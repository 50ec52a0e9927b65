import type { Origin } from '../../store/append-event.ts';
import type { AuditKey } from '../../store/audit-key.ts';
import type { FileAnswer } from '../export/file-answer.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { Refusal } from '../../refusal.ts';
import type { Store } from '../../store/store.ts';
import { collectCaseReport } from './collect-case-report.ts';
import { signPack } from './sign-pack.ts';

/** What writes PDF is large and seldom needed. */
const renderer = () => import('./render-pdf.ts');

export interface EvidencePacks {
  /** For the case's operator and for who may see all cases; recorded, and the last event in it. */
  issue(
    caseId: string,
    format: 'pdf' | 'json',
    session: OperatorSession,
    origin: Origin,
  ): Promise<FileAnswer>;
}

interface Collaborators {
  readonly store: Store;
  readonly key: AuditKey;
  readonly version: string;
  readonly now: () => number;
}

/** The whole story of one case, to be handed to somebody who was not there. */
export function createEvidencePacks({ store, key, version, now }: Collaborators): EvidencePacks {
  return {
    async issue(caseId, format, session, origin) {
      const at = now();
      await store.change(origin, async (tx, record) => {
        const opened = await tx.selectFrom('cases').selectAll().where('id', '=', caseId).executeTakeFirst();
        if (!opened) throw new Refusal('case.not-found');
        const own = opened.operator_id === session.operator.id;
        if (!own && !session.rights.has('cases.see-all')) throw new Refusal('case.not-yours');
        await record({
          action: 'evidence-pack.issued',
          accountId: opened.account_id,
          caseId,
          facts: { format },
        });
      });
      const issued = { by: session.operator.displayName, at };
      const told = await collectCaseReport({ store, key, version }, caseId, issued);
      const json = signPack(told, key);
      const name = `reset-desk-case-${told.case.number}.${format}`;
      return format === 'json'
        ? { name, type: 'application/json', content: Buffer.from(json) }
        : { name, type: 'application/pdf', content: await (await renderer()).renderPdf(told, json) };
    },
  };
}
