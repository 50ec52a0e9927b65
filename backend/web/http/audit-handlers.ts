import type * as auditApi from '../../../shared/api/audit.ts';
import type * as auditStreamApi from '../../../shared/api/audit-stream.ts';
import type * as evidencePackApi from '../../../shared/api/evidence-pack.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { ChainWatch } from '../../audit/chain-watch.ts';
import type { AuditStreamsService } from '../../audit/stream/audit-streams.ts';
import type { StreamSettings } from '../../audit/stream/stream-settings.ts';
import type { EvidencePacks } from '../../audit/evidence-pack/evidence-packs.ts';
import type { Handlers } from './handler.ts';

interface Collaborators {
  readonly log: AuditLog;
  readonly chain: ChainWatch;
  readonly streams: AuditStreamsService;
  readonly settings: StreamSettings;
  readonly packs: EvidencePacks;
}

/** The audit log, the verification of its chain, and its streams, over HTTP. */
export const createAuditHandlers = ({
  log,
  chain,
  streams,
  settings,
  packs,
}: Collaborators): Handlers<typeof auditApi & typeof auditStreamApi & typeof evidencePackApi> => ({
  listAudit: ({ query, session }) => log.list(query, session),
  exportAudit: ({ query: { format, ...filter }, session, origin }) =>
    log.export(filter, format, session, origin),
  getChain: () => chain.state(),
  checkChain: ({ origin }) => chain.check(origin),
  getEvidencePack: ({ params, query, session, origin }) =>
    packs.issue(params.caseId, query.format, session, origin),
  getAuditStreams: () => settings.view(),
  changeSyslogStream: async ({ body: { begin, ...chosen }, origin }) => {
    await settings.changeSyslog(chosen, begin, origin);
    streams.wake();
    return settings.view();
  },
  changeWebhookStream: async ({ body: { begin, secret, ...chosen }, origin }) => {
    await settings.changeWebhook(chosen, secret, begin, origin);
    streams.wake();
    return settings.view();
  },
  testAuditStream: async ({ params }) => ({ sentSeq: await streams.test(params.target) }),
});
