import type { FeedFault } from '../../../shared/api/account-sources.ts';
import type { ImportMapping } from '../../../shared/api/import-file.ts';
import type { ImportView } from '../../../shared/api/import-view.ts';
import { limits } from '../../../shared/api/limits.ts';
import { Refusal } from '../../refusal.ts';
import { systemOrigin } from '../../store/append-event.ts';
import { isZip } from '../import/file/file-kind.ts';
import type { Imports } from '../import/imports.ts';
import type { DropFolder, DroppedFile } from './drop-folder.ts';

/** The result of reading a file; `later` if it is tried again because another import is running. */
export type FileOutcome =
  | { readonly kind: 'later' }
  | { readonly kind: 'refused'; readonly fault: FeedFault; readonly importId: string | null }
  | { readonly kind: 'imported' | 'waiting'; readonly import: ImportView };

interface FileSource {
  readonly name: string;
  readonly complete: boolean;
}

const later = new Set(['import.already-running', 'import.stale']);

/** Reads a file through the same steps as an import by hand: preview, check, confirmation. */
export function createReadFile({
  folder,
  imports,
}: {
  readonly folder: DropFolder;
  readonly imports: Imports;
}) {
  /** The mapping of an earlier import with the same columns. No operator is present to map other columns. */
  const mappingOf = async (file: DroppedFile): Promise<ImportMapping | FeedFault> => {
    const first = await folder.head(file, limits.importPreview);
    const isWorkbook = isZip(first);
    if (isWorkbook && file.size > limits.importWorkbook) return 'kind-unknown';
    const head = isWorkbook ? await folder.head(file, limits.importWorkbook) : first;
    const preview = await imports.preview(head, file.size <= head.length, {}).catch((thrown: unknown) => {
      if (thrown instanceof Refusal) return null;
      throw thrown;
    });
    if (preview === null) return 'kind-unknown';
    if (preview.missing.length > 0) return 'columns-missing';
    return preview.isRemembered ? preview.mapping : 'mapping-unknown';
  };

  const importFile = async (
    file: DroppedFile,
    mapping: ImportMapping,
    { name: source, complete }: FileSource,
  ): Promise<FileOutcome> => {
    const announced = { fileName: file.name, bytesTotal: file.size, mapping, source, complete };
    const { id } = await imports.create(announced, systemOrigin);
    const read = await imports.upload(id, folder.read(file), systemOrigin);
    const refused = (fault: FeedFault) => ({ kind: 'refused', fault, importId: id }) as const;
    if (read.state !== 'ready') return refused('import-failed');
    if (!(await folder.isSame(file))) {
      await imports.cancel(id, systemOrigin);
      return refused('changed-while-read');
    }
    // A mass change needs a second administrator, as after a check by hand.
    if (read.massChanges.length > 0) return { kind: 'waiting', import: read };
    try {
      await imports.confirm(id, systemOrigin);
    } catch (thrown) {
      await imports.cancel(id, systemOrigin);
      throw thrown;
    }
    await imports.applied();
    const done = await imports.get(id);
    return done.state === 'finished' ? { kind: 'imported', import: done } : refused('import-failed');
  };

  return async (file: DroppedFile, source: FileSource): Promise<FileOutcome> => {
    const mapping = await mappingOf(file);
    if (typeof mapping === 'string') return { kind: 'refused', fault: mapping, importId: null };
    try {
      return await importFile(file, mapping, source);
    } catch (thrown) {
      if (thrown instanceof Refusal && later.has(thrown.code)) return { kind: 'later' };
      throw thrown;
    }
  };
}
