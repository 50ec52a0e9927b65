import { z } from 'zod';
import { endpoints } from '../../api/endpoints.ts';
import { call, nothing } from './call.ts';

const chosenFile = z.object({ token: z.string(), fileName: z.string(), bytes: z.int() });

/** Files of accounts. */
export const imports = {
  /** Opens the system's file dialog; null when nothing was chosen. */
  choose: call(nothing, chosenFile.nullable()),
  /** A file dropped on the window; its path is found in the preload and never shown to the page. */
  dropped: call(z.object({ path: z.string().min(1).max(4096) }), chosenFile),
  preview: call(
    z.object({ token: z.string(), query: endpoints.previewImport.query }),
    endpoints.previewImport.answer,
  ),
  run: call(
    z.object({ token: z.string(), mapping: endpoints.createImport.body.shape.mapping }),
    endpoints.createImport.answer,
  ),
  /** Asks where to, writes the report there; null when the dialog was cancelled, else the file's name. */
  saveReport: call(z.object({ importId: z.string() }), z.string().nullable()),
};

/** Each asks where to, and answers the file's name, or null when the dialog was cancelled. */
export const downloads = {
  saveAudit: call(z.object({ query: endpoints.exportAudit.query }), z.string().nullable()),
  saveMissing: call(z.object({ requiredResetId: z.string().max(100) }), z.string().nullable()),
  saveEvidence: call(
    z.object({
      caseId: z.string().max(100),
      caseNumber: z.int(),
      format: endpoints.getEvidencePack.query.shape.format.unwrap(),
    }),
    z.string().nullable(),
  ),
};

/** The folder of mails and texts that are kept instead of sent. */
export const outbox = { showFolder: call(nothing, nothing) };
