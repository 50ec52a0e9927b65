import { createHash } from 'node:crypto';
import { readFonts } from './fonts.ts';
import { writeApprovals, writeChecks, writeIssued, writeMessages, writeTimeline } from './pack-sections.ts';
import { stampIn, wordsOf, zoneWords } from './pack-texts.ts';
import { facts, heading } from './pdf-table.ts';
import { colours, margin, PdfPage } from './pdf-page.ts';
import type { CaseReport } from './case-report.ts';

/** The outcome of the case in a sentence. */
function result({ case: opened, issued }: CaseReport): string {
  if (opened.state === 'refused') {
    return `Refused: ${wordsOf(opened.refusalReason ?? 'other').toLowerCase()}.${opened.refusalNote === null ? '' : ` ${opened.refusalNote}`}`;
  }
  const done = issued
    .filter(({ state }) => state === 'done')
    .map(({ action }) => wordsOf(action).toLowerCase());
  const what = done.length === 0 ? 'No password was reset.' : `Issued: ${done.join(', ')}.`;
  return `${wordsOf(opened.state)}. ${what}`;
}

/** Passed checks whose code was read in the outbox by an operator who could have answered instead of the caller. */
const outboxWarnings = ({ checks }: CaseReport): readonly string[] =>
  checks
    .filter(({ outcome, readInOutbox = [] }) => outcome === 'passed' && readInOutbox.length > 0)
    .map(({ kind, readInOutbox = [] }) => {
      const names = [...new Set(readInOutbox.map(({ by }) => by))].join(', ');
      return `Look twice: ${names} read the code of the check “${wordsOf(kind)}” in the outbox before it passed.`;
    });

function writeHowToVerify(page: PdfPage, report: CaseReport, signedJson: string): void {
  heading(page, 'How to verify this document');
  const { head, signed } = report.chain;
  page.paragraph(
    'The file evidence.json, which is attached to this document and can be saved beside it, contains all of the above and is signed with Ed25519. Verify it ' +
      'without a network or a secret by running:',
  );
  page.paragraph('reset-desk-backend evidence verify --file evidence.json', { mono: true });
  page.y += 4;
  page.paragraph(
    'Each hash covers its event and the hash of the event before it in the audit log, so the log must contain the numbers above with hashes that begin as they do here. The whole hashes are in evidence.json.',
  );
  page.y += 4;
  const sum = createHash('sha256').update(signedJson).digest('hex');
  for (const [name, value] of [
    ['Signed with key', report.keyId],
    ['Public key', report.publicKey],
    ['SHA-256 of evidence.json', sum],
    ['Last event of the log', head === null ? '–' : `${head.seq}:${head.hash}`],
    ['Last signed event', signed === null ? '–' : `${signed.seq}:${signed.hash}`],
  ] as const) {
    page.need(14);
    page.tagged('P', () => {
      page.write(`${name}:`, margin, page.y, { size: 8, colour: colours.soft });
      page.write(value, margin + 116, page.y, { size: 7, mono: true });
    });
    page.y += 14;
  }
}

/** Renders the pack as an A4 document with the signed JSON attached. The same report gives the same bytes. Blocks its thread: see pdf-worker.ts. */
export function renderPdf(report: CaseReport, signedJson: string): Promise<Buffer> {
  const at = new Date(report.issuedAt);
  const fonts = readFonts();
  const page = new PdfPage(fonts, { title: `Evidence pack, case ${report.case.number}`, at });
  const zone = report.zone ?? 'UTC';
  const stamp = stampIn(zone);
  const desk = [report.organisation ?? '', 'Reset Desk'].filter((part) => part !== '').join(' · ');
  page.tagged('P', () => page.write(desk, margin, page.y, { size: 9, colour: colours.accent, bold: true }));
  page.y += 18;
  page.tagged('H1', () =>
    page.write(`Evidence pack, case ${report.case.number}`, margin, page.y, { size: 20, bold: true }),
  );
  page.y += 30;
  page.paragraph(result(report), { size: 11 });
  for (const warning of outboxWarnings(report)) page.paragraph(warning, { bold: true, colour: colours.bad });
  page.paragraph(`All times are those of ${zoneWords(zone, report.issuedAt)}.`, { colour: colours.soft });
  page.y += 8;
  page.rule();
  page.y += 10;
  facts(page, [
    ['Account', report.account.displayName],
    ['User name', report.account.userName],
    ['Operator', report.operator.displayName],
    ['Tier', wordsOf(report.account.tier)],
    ['Opened', stamp(report.case.openedAt)],
    ['Ended', report.case.endedAt === null ? 'still open' : stamp(report.case.endedAt)],
    ['Ticket', report.case.ticket ?? '–'],
    ['Reason', report.case.reason === null ? '–' : wordsOf(report.case.reason)],
    ['Department', report.account.department ?? '–'],
    ['Directory', wordsOf(report.account.directory)],
  ]);

  writeChecks(page, report);
  writeApprovals(page, report);
  writeIssued(page, report);
  writeMessages(page, report);
  writeTimeline(page, report);
  writeHowToVerify(page, report, signedJson);
  page.doc.file(Buffer.from(signedJson), {
    name: 'evidence.json',
    type: 'application/json',
    description: 'The signed evidence',
    creationDate: at,
    modifiedDate: at,
  } as unknown as Parameters<typeof page.doc.file>[1]);
  page.feet((number, count) => [
    `Case ${report.case.number} · issued ${stamp(report.issuedAt)} by ${report.issuedBy}`,
    `Page ${number} of ${count}`,
  ]);
  return page.bytes();
}
