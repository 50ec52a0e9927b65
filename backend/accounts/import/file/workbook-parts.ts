import type { Readable } from 'node:stream';
import sax, { type Tag } from 'sax';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { Refusal } from '../../../refusal.ts';

/** Unpacked bytes that a part of a workbook may have. A sheet is read as a stream; other parts are kept in memory. */
const [maxSheet, maxPart] = [1024 * 1024 * 1024, 96 * 1024 * 1024];
const maxEntries = 10_000;

/** The refusal of a workbook that cannot be read. */
export const refuseWorkbook = (detail: string): Refusal => new Refusal('import.not-csv', { detail });
const damaged =
  'The workbook is damaged or cannot be read. Open it in a spreadsheet program and save it as “CSV UTF-8”.';

/** What an XML parser calls for each element and text. */
export interface XmlHandlers {
  readonly open: (name: string, tag: XmlTag) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}
export type XmlTag = Pick<Tag, 'attributes'>;

/** The parts of an unpacked workbook. */
export interface WorkbookParts {
  readonly has: (name: string) => boolean;
  readonly names: () => string[];
  /** Reads a part through an XML parser. */
  readonly read: (name: string, handlers: XmlHandlers) => Promise<void>;
  /** The same, piece by piece. */
  readonly chunks: (name: string, handlers: XmlHandlers) => AsyncGenerator<void>;
  readonly close: () => void;
}

/** The local name of an element, since producers choose their own prefixes. */
const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** An attribute by its local name. */
export function attribute({ attributes }: XmlTag, name: string): string | undefined {
  for (const [known, value] of Object.entries(attributes)) if (localName(known) === name) return value;
  return undefined;
}

function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    zip.on('error', reject);
    zip.on('end', () => {
      resolve(entries);
    });
    zip.on('entry', (entry: Entry) => {
      entries.set(entry.fileName.replaceAll('\\', '/'), entry);
      if (entries.size > maxEntries) reject(refuseWorkbook('The file has too many parts to be a workbook.'));
      else zip.readEntry();
    });
    zip.readEntry();
  });
}

const openZip = (bytes: Buffer): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) reject(error);
      else resolve(zip);
    });
  });

const openEntry = (zip: ZipFile, entry: Entry): Promise<Readable> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) reject(error);
      else resolve(stream);
    });
  });

/**
 * Opens the parts of a workbook. A part is unpacked up to its announced size, and not at all if that is too large. Throws `import.not-csv` with
 * advice for a file that is no workbook or is damaged.
 */
export async function openParts(bytes: Buffer): Promise<WorkbookParts> {
  let zip: ZipFile;
  let entries: Map<string, Entry>;
  try {
    zip = await openZip(bytes);
    entries = await entriesOf(zip);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw refuseWorkbook(damaged);
  }

  async function* chunks(name: string, handlers: XmlHandlers): AsyncGenerator<void> {
    const entry = entries.get(name);
    if (!entry) return;
    const max = name.includes('/worksheets/') ? maxSheet : maxPart;
    if (entry.uncompressedSize > max)
      throw refuseWorkbook('The workbook is too large. Save the sheet with the accounts as “CSV UTF-8”.');
    const parser = sax.parser(true, { trim: false, normalize: false });
    let fault: Error | null = null;
    Object.assign(parser, {
      onerror: (error: Error) => {
        fault ??= error;
      },
      onopentag: (tag: Tag) => {
        handlers.open(localName(tag.name), tag);
      },
      ontext: handlers.text,
      oncdata: handlers.text,
      onclosetag: (tag: string) => handlers.close?.(localName(tag)),
    });
    const decoder = new TextDecoder('utf-8');
    try {
      for await (const chunk of (await openEntry(zip, entry)) as AsyncIterable<Buffer>) {
        parser.write(decoder.decode(chunk, { stream: true }));
        if (fault !== null) throw fault as Error;
        yield;
      }
    } catch (error) {
      if (error instanceof Refusal) throw error;
      throw refuseWorkbook(damaged);
    }
  }

  return {
    has: (name) => entries.has(name),
    names: () => [...entries.keys()],
    chunks,
    read: async (name, handlers) => {
      const pieces = chunks(name, handlers);
      while ((await pieces.next()).done !== true);
    },
    close: () => {
      zip.close();
    },
  };
}
