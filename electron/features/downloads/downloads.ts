import { rename, rm } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { exportAudit } from '../../../shared/api/audit.ts';
import { exportCases } from '../../../shared/api/case-calls.ts';
import type { Endpoint, EndpointInput } from '../../../shared/api/endpoint.ts';
import { getEvidencePack } from '../../../shared/api/evidence-pack.ts';
import { exportRequiredReset } from '../../../shared/api/required-reset.ts';
import type { GroupHandlers } from '../../bridge/handlers.ts';
import { ConsoleFailure, isFailure } from '../../failure/console-failure.ts';
import type { DownloadLimits } from '../../services/reset-api/reset-api.ts';
import type { Session } from '../session/session.ts';

interface Collaborators {
  readonly session: Pick<Session, 'download'>;
  /** The system's dialog; null if the user cancelled. */
  readonly chooseTarget: (suggested: string) => Promise<string | null>;
}

/** An evidence pack has a few hundred kilobytes. */
const evidenceLimits: DownloadLimits = { maxBytes: 256 * 1024 ** 2, wholeMs: 10 * 60_000 };

/** Saves files of the backend to this computer. The page learns only their names. */
export function createDownloads({ session, chooseTarget }: Collaborators): GroupHandlers<'downloads'> {
  /** Writes a `.part` file and renames it when it is complete, so that no incomplete file gets the chosen name. */
  async function save<E extends Endpoint>(
    suggested: string,
    endpoint: E,
    input: EndpointInput<E>,
    limits: DownloadLimits = {},
  ): Promise<string | null> {
    const path = await chooseTarget(suggested);
    if (path === null) return null;
    const content = await session.download(endpoint, input, limits);
    const partial = `${path}.part`;
    try {
      await pipeline(content, createWriteStream(partial, { mode: 0o600 }));
      await rename(partial, path);
    } catch (thrown) {
      // The reported error is why it could not be written, not why the partial file could not be removed.
      await rm(partial, { force: true }).catch(() => undefined);
      if (isFailure(thrown)) throw thrown;
      throw new ConsoleFailure('file.unwritable');
    }
    return basename(path);
  }
  return {
    saveAudit: ({ query }) => {
      const day = new Date().toISOString().slice(0, 10);
      return save(`reset-desk-audit-${day}.${query.format ?? 'jsonl'}`, exportAudit, { query });
    },
    saveMissing: ({ requiredResetId }) =>
      save('required-reset-missing.csv', exportRequiredReset, { params: { requiredResetId } }),
    saveCases: ({ query }) => {
      const day = new Date().toISOString().slice(0, 10);
      return save(`reset-desk-cases-${day}.csv`, exportCases, { query });
    },
    saveEvidence: ({ caseId, caseNumber, format }) =>
      save(
        `reset-desk-case-${caseNumber}.${format}`,
        getEvidencePack,
        { params: { caseId }, query: { format } },
        evidenceLimits,
      ),
  };
}
