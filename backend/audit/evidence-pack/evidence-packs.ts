import type { Origin } from '../../store/append-event.ts';
import type { AuditKey } from '../../store/audit-key.ts';
import type { FileAnswer } from '../export/file-answer.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { Refusal } from '../../refusal.ts';
import type { Store } from '../../store/store.ts';
import { collectCaseReport } from './collect-case-report.ts';
import { deskZone } from '../../policy/desk-zone.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { PdfRenderer } from './pdf-renderer.ts';
import { signPack } from './sign-pack.ts';

export interface EvidencePacks {
  /** Issues a pack to the case's operator, or to one with the right to see all cases. The issue is recorded and is the last event in the pack. */
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
  readonly renderer: Pick<PdfRenderer, 'render'>;
  readonly policy: Pick<PolicyInForce, 'current'>;
  readonly version: string;
  readonly now: () => number;
}

/** Issues evidence packs: a signed report of one case for readers outside the help desk. */
export function createEvidencePacks({
  store,
  key,
  renderer,
  policy,
  version,
  now,
}: Collaborators): EvidencePacks {
  return {
    async issue(caseId, format, session, origin) {
      const at = now();
      await store.change(origin, async (tx, record) => {
        const opened = await tx.selectFrom('cases').selectAll().where('id', '=', caseId).executeTakeFirst();
        if (!opened) throw new Refusal('case.not-found');
        await record({
          action: 'evidence-pack.issued',
          accountId: opened.account_id,
          caseId,
          facts: { format },
        });
      });
      const { deskContact } = (await policy.current()).document;
      const issued = {
        by: session.operator.displayName,
        at,
        organisation: deskContact.organisation === '' ? null : deskContact.organisation,
        zone: deskZone(deskContact),
      };
      const report = await collectCaseReport({ store, key, version }, caseId, issued);
      const json = signPack(report, key);
      const name = `reset-desk-case-${report.case.number}.${format}`;
      return format === 'json'
        ? { name, type: 'application/json', content: Buffer.from(json) }
        : { name, type: 'application/pdf', content: await renderer.render(report, json) };
    },
  };
}
