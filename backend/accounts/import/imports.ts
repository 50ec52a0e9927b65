import { Readable } from 'node:stream';
import type { ImportPreview } from '../../../shared/api/import-file.ts';
import type { ImportView } from '../../../shared/api/import-view.ts';
import type { Origin } from '../../store/append-event.ts';
import { deskZone } from '../../policy/desk-zone.ts';
import { Refusal } from '../../refusal.ts';
import type { ContactChange } from '../../directories/contact-texts.ts';
import type { Transaction, Store } from '../../store/store.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { EndAccess } from '../identity/close-account.ts';
import { createAnalyseImport } from './analyse-import.ts';
import { announceImport, type AnnouncedImport } from './announce-import.ts';
import { createApplyImport } from './apply-import.ts';
import { confirmImport } from './confirm-import.ts';
import { createImportEnds } from './end-import.ts';
import { createImportFindings, type ImportFindings } from './import-findings.ts';
import { importViewOf, readImport, undoUntil } from './import-view.ts';
import { previewOf } from './recognise.ts';
import type { PreviewChoice } from './read-head.ts';
import { createRememberedMappings } from './remembered-mappings.ts';
import { createImportSweeps, type ImportSweeps } from './sweep-imports.ts';
import { createUndoImport } from './undo-import.ts';
import { samplesCsv, samplesMapping } from './samples.ts';

export interface Imports extends ImportFindings, ImportSweeps {
  /** Proposes how a file is read, by its first bytes (of a workbook: by all of them). */
  preview(head: Buffer, isWhole: boolean, chosen: PreviewChoice): Promise<ImportPreview>;
  create(announced: AnnouncedImport, origin: Origin): Promise<ImportView>;
  /** Reads the file and returns what it would change. No account is written. */
  upload(importId: string, bytes: Readable, origin: Origin): Promise<ImportView>;
  /** Starts to apply the rows that were read. */
  confirm(importId: string, origin: Origin): Promise<ImportView>;
  /** Waits for the import that is being applied, if any. */
  applied(): Promise<void>;
  /** Restores what the import changed, unless it has changed since. */
  undo(importId: string, origin: Origin): Promise<ImportView>;
  get(importId: string): Promise<ImportView>;
  cancel(importId: string, origin: Origin): Promise<ImportView>;
  samples(origin: Origin): Promise<ImportView>;
  /** Stops applying; the import is settled at the next start. */
  stop(): Promise<void>;
}

/** Imports the sample accounts. Resolves when they are applied. */
async function importSamples(
  imports: Pick<Imports, 'create' | 'upload' | 'confirm' | 'applied' | 'get'>,
  origin: Origin,
): Promise<ImportView> {
  const csv = Buffer.from(samplesCsv());
  const { id } = await imports.create(
    { fileName: 'samples.csv', bytesTotal: csv.length, mapping: samplesMapping, source: 'samples' },
    origin,
  );
  await imports.upload(id, Readable.from([csv]), origin);
  await imports.confirm(id, origin);
  await imports.applied();
  return imports.get(id);
}

interface ImportCollaborators {
  readonly store: Store;
  readonly policy: PolicyInForce;
  /** Ends everything that gives access to a closed account. */
  readonly endAccess?: EndAccess;
  /** Called with the error that stopped an import after its request was answered. */
  readonly onFault?: (error: unknown) => void;
  /** Queues the mails to the owners, in the transaction of the batch. */
  readonly contactsChanged?: (tx: Transaction, changes: readonly ContactChange[]) => Promise<void>;
  /** The time zone in which days end. */
  readonly zone?: () => Promise<string>;
  readonly now: () => number;
}

/** Handles files of accounts: one at a time, from the announcement to the undo. */
export function createImports({
  store,
  policy,
  contactsChanged = () => Promise.resolve(),
  zone = () => Promise.resolve(deskZone({ timeZone: '' })),
  endAccess = () => Promise.resolve(),
  onFault = () => undefined,
  now,
}: ImportCollaborators): Imports {
  let running: string | null = null;
  const { end, unstored } = createImportEnds({ store, now });
  const remembered = createRememberedMappings({ store, now });
  const analyse = createAnalyseImport({ store, policy, end, remembered, zone, now });
  const apply = createApplyImport({
    store,
    policy,
    contactsChanged,
    endAccess,
    end,
    isStopping: () => isStopping,
    now,
  });
  const undoImport = createUndoImport({ store, policy, contactsChanged, endAccess, now });
  let applying: Promise<void> = Promise.resolve();
  let isStopping = false;

  const assertNoneRuns = () => {
    if (running !== null) throw new Refusal('import.already-running');
  };
  const claimTurn = (importId: string) => {
    assertNoneRuns();
    running = importId;
  };

  const imports: Imports = {
    ...createImportFindings(store),
    ...createImportSweeps({ store, end, now }),

    preview: async (head, isWhole, chosen) =>
      previewOf(head, isWhole, chosen, {
        zone: await zone(),
        now,
        remembered: remembered.find,
      }),

    async create(announced, origin) {
      assertNoneRuns();
      return imports.get(await announceImport(store, announced, origin, now()));
    },

    async upload(importId, bytes, origin) {
      const row = await readImport(store, importId);
      if (row.state !== 'waiting') throw new Refusal('import.settled');
      claimTurn(importId);
      try {
        await analyse(row, bytes, origin);
      } finally {
        running = null;
        bytes.resume();
      }
      return imports.get(importId);
    },

    async get(importId) {
      const failure = await unstored(importId);
      const view = importViewOf(await readImport(store, importId), now());
      return failure === null
        ? view
        : { ...view, state: 'failed', failure, endedAt: new Date(now()).toISOString() };
    },

    async confirm(importId, origin) {
      const row = await readImport(store, importId);
      if (row.state !== 'ready') throw new Refusal('import.settled');
      claimTurn(importId);
      try {
        await confirmImport(store, row, origin, now());
      } catch (error) {
        running = null;
        throw error;
      }
      // Not awaited: the console reads the progress, and the end is stored with the import.
      applying = apply(row, origin)
        .catch(onFault)
        .finally(() => {
          running = null;
        });
      return imports.get(importId);
    },

    applied: () => applying,

    async stop() {
      isStopping = true;
      await applying;
    },

    async undo(importId, origin) {
      const row = await readImport(store, importId);
      if (undoUntil(row, now()) === null) throw new Refusal('import.not-undoable');
      claimTurn(importId);
      try {
        await undoImport(row, origin);
      } finally {
        running = null;
      }
      return imports.get(importId);
    },

    async cancel(importId, origin) {
      await readImport(store, importId);
      await end(importId, 'cancelled', null, origin);
      return imports.get(importId);
    },

    samples: (origin) => importSamples(imports, origin),
  };
  return imports;
}
