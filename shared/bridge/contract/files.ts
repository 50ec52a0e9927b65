import { z } from 'zod';
import { endpoints } from '../../api/endpoints.ts';
import { failure } from '../../errors/result.ts';
import { call, callLike, nothing } from './call.ts';

const chosenFile = z.object({ token: z.string(), fileName: z.string(), bytes: z.int() });

/** Imports of accounts from CSV files. */
export const imports = {
  /** Opens the system's file dialog. Null if the operator cancels it. */
  choose: call(nothing, chosenFile.nullable()),
  /** Chooses a file that was dropped on the window. Only the preload calls it, with the path of a dropped file. */
  dropped: call(z.object({ path: z.string().max(4096) }), chosenFile),
  preview: call(
    z.object({ token: z.string(), query: endpoints.previewImport.query }),
    endpoints.previewImport.answer,
  ),
  run: call(
    z.object({
      token: z.string(),
      mapping: endpoints.createImport.body.shape.mapping,
      source: endpoints.createImport.body.shape.source,
      complete: endpoints.createImport.body.shape.complete,
    }),
    endpoints.createImport.answer,
  ),
  /** How main's upload of the import's file stands. The server does not know why a file did not reach it. */
  upload: call(
    z.object({ importId: z.string() }),
    z.object({ isRunning: z.boolean(), failure: failure.nullable() }),
  ),
  /** Stops the upload as well, even if the server does not answer. */
  cancel: callLike(endpoints.cancelImport),
  /** Saves the report where the operator chooses. Answers the file's name, or null if the operator cancels. */
  saveReport: call(z.object({ importId: z.string() }), z.string().nullable()),
};

/** Each saves a file where the operator chooses and answers its name, or null if the operator cancels. */
export const downloads = {
  saveAudit: call(z.object({ query: endpoints.exportAudit.query }), z.string().nullable()),
  saveMissing: call(z.object({ requiredResetId: z.string().max(100) }), z.string().nullable()),
  saveCases: call(z.object({ query: endpoints.exportCases.query }), z.string().nullable()),
  saveEvidence: call(
    z.object({
      caseId: z.string().max(100),
      caseNumber: z.int(),
      format: endpoints.getEvidencePack.query.shape.format.unwrap(),
    }),
    z.string().nullable(),
  ),
};

/** The folder that holds mails and text messages while no server is configured to send them. */
export const outbox = { showFolder: call(nothing, nothing) };
