import type { AuditLog } from '../audit/audit-log.ts';
import type { ChainWatch } from '../audit/chain-watch.ts';
import type { Handlers } from './handler.ts';

type Names = 'listAudit' | 'exportAudit' | 'getChain' | 'checkChain';

/** The audit log and its chain over HTTP. */
export const createAuditHandlers = (log: AuditLog, chain: ChainWatch): Handlers<Names> => ({
  listAudit: ({ query, session }) => log.list(query, session),
  exportAudit: ({ query: { format, ...filter }, origin }) => log.export(filter, format, origin),
  getChain: () => chain.state(),
  checkChain: ({ origin }) => chain.check(origin),
});
