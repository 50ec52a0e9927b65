import { limits } from '../../../../shared/api/limits.ts';
import { Refusal } from '../../../refusal.ts';

/** Bytes at the start that determine the kind of a file. */
export const kindBytes = 1024;

const startsWith = (head: Buffer, ...bytes: number[]): boolean =>
  bytes.every((byte, at) => head[at] === byte);

const refuse = (detail: string): Refusal => new Refusal('import.not-csv', { detail });
const saveAsCsv = 'Save it as “CSV UTF-8” and choose that file.';

/** The refusal of a workbook that is too large to be read from memory. */
export const workbookTooLarge = (): Refusal =>
  refuse(
    `The workbook is larger than ${limits.importWorkbook / 2 ** 20} MB. Save the sheet with the accounts as “CSV UTF-8”.`,
  );

/** Whether a file is an archive, as workbooks are. */
export const isZip = (head: Buffer): boolean => startsWith(head, 0x50, 0x4b, 0x03, 0x04);

/**
 * Whether a file is text or a workbook (`.xlsx`), by its first bytes. Throws `import.not-csv` with advice for what is neither: old and
 * OpenDocument workbooks, archives, PDF, pictures, databases.
 */
export function fileKindOf(head: Buffer): 'text' | 'zip' {
  if (isZip(head)) {
    const names = head.toString('latin1');
    if (names.includes('application/vnd.oasis.opendocument'))
      throw refuse(`This is an OpenDocument workbook. ${saveAsCsv}`);
    return 'zip';
  }
  if (startsWith(head, 0x50, 0x4b, 0x05, 0x06))
    throw refuse('This is an empty archive. Choose a CSV file or a workbook.');
  if (startsWith(head, 0xd0, 0xcf, 0x11, 0xe0))
    throw refuse(`This is a workbook of Excel 97–2003 (.xls), or one with a password. ${saveAsCsv}`);
  if (startsWith(head, 0x25, 0x50, 0x44, 0x46))
    throw refuse('This is a PDF file. Export the list as CSV and choose that file.');
  if (startsWith(head, 0x1f, 0x8b))
    throw refuse('This file is compressed (gzip). Unpack it and choose the CSV file in it.');
  if (startsWith(head, 0x37, 0x7a, 0xbc, 0xaf) || startsWith(head, 0x52, 0x61, 0x72, 0x21))
    throw refuse('This is an archive. Unpack it and choose the CSV file in it.');
  if (startsWith(head, 0x89, 0x50, 0x4e, 0x47) || startsWith(head, 0xff, 0xd8, 0xff))
    throw refuse('This is a picture. Export the list as CSV and choose that file.');
  if (head.toString('latin1').startsWith('SQLite format 3'))
    throw refuse('This is a database. Export the accounts as CSV and choose that file.');
  const text = head
    .toString('latin1')
    .replace(/^\xEF\xBB\xBF/u, '')
    .trimStart();
  if (text.startsWith('{\\rtf')) throw refuse(`This is a text document (RTF). ${saveAsCsv}`);
  if (/^\[\s*\{|^\{\s*"/u.test(text))
    throw refuse('This is a JSON file. Export the accounts as CSV and choose that file.');
  if (/^(?:version:\s*1\s+)?(?:#[^\n]*\n\s*)*dn::?\s/iu.test(text))
    throw refuse(
      'This is an LDIF file. Export the accounts as CSV (csvde, or Get-ADUser with Export-Csv) and choose that file.',
    );
  if (/^<\?xml|^<!doctype|^<html|^<table/iu.test(text))
    throw refuse(
      `This is a web page or an XML file, although its name may end in .xls or .csv. Open it in a spreadsheet program, then: ${saveAsCsv}`,
    );
  const firstLine = /^[^\r\n]*/u.exec(text)?.[0] ?? '';
  if (/^[^\s:]+:[^:]*:\d+:\d+:[^:]*:[^:\n]*:[^:]*$/u.test(firstLine))
    throw refuse(
      'This is the output of getent passwd, which colons separate. Export the accounts as CSV and choose that file.',
    );
  if (/^[^\s:]+:[^:\n]*:\d*:\d*:\d*:\d*:\d*:\d*:[^:]*$/u.test(firstLine))
    throw refuse(
      'This is a file of password hashes (shadow). Export the accounts as CSV and choose that file.',
    );
  if (/^BEGIN:VCARD/iu.test(text))
    throw refuse('These are contacts in vCard format. Export them as CSV and choose that file.');
  if (/^(?:--[^\n]*\n\s*)*(?:INSERT INTO|CREATE TABLE)\s/iu.test(text))
    throw refuse('These are commands of a database (SQL). Export the table as CSV and choose that file.');
  return 'text';
}
