import { createHash } from 'node:crypto';
import { readFonts } from './fonts.ts';
import { writeApprovals, writeChecks, writeIssued, writeMessages, writeTimeline } from './pack-sections.ts';
import { stamp, wordsOf } from './pack-texts.ts';
import { facts, heading } from './pdf-table.ts';
import { nextTurn } from './next-turn.ts';
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

function writeHowToVerify(paper: PdfPage, told: CaseReport, signedJson: string): void {
  heading(paper, 'How to verify this');
  const { head, signed } = told.chain;
  paper.paragraph(
    'The file evidence.json, which is attached to this document and can be saved beside it, holds all of the above and is signed with Ed25519. It is checked ' +
      'without a network and without a secret by:',
  );
  paper.paragraph('reset-desk-backend evidence verify --file evidence.json', { mono: true });
  paper.y += 4;
  paper.paragraph(
    'Each hash covers its event and the hash of the event before it in the audit log, so the numbers and hashes above must be found in the log as they are here.',
  );
  paper.y += 4;
  const sum = createHash('sha256').update(signedJson).digest('hex');
  for (const [name, value] of [
    ['Signed with key', told.keyId],
    ['Public key', told.publicKey],
    ['SHA-256 of evidence.json', sum],
    ['Last event of the log', head === null ? '–' : `${head.seq}:${head.hash}`],
    ['Last signed event', signed === null ? '–' : `${signed.seq}:${signed.hash}`],
  ] as const) {
    paper.need(14);
    paper.write(name, margin, paper.y, { size: 8, colour: colours.soft });
    paper.write(value, margin + 116, paper.y, { size: 7, mono: true });
    paper.y += 14;
  }
}

/** The render that is under way, and those that wait for it. */
let rendering: Promise<unknown> = Promise.resolve();

/**
 * Renders the pack as an A4 document with the signed JSON attached. The same report gives the same bytes. One pack is rendered at a time, a few rows in
 * each turn of the event loop, so that many packs at once do not stop the desk.
 */
export function renderPdf(told: CaseReport, signedJson: string): Promise<Buffer> {
  const rendered = rendering.then(() => render(told, signedJson));
  rendering = rendered.catch(() => undefined);
  return rendered;
}

async function render(told: CaseReport, signedJson: string): Promise<Buffer> {
  const at = new Date(told.issuedAt);
  const fonts = readFonts();
  await nextTurn();
  const paper = new PdfPage(fonts, { title: `Evidence pack, case ${told.case.number}`, at });
  paper.write('Reset Desk', margin, paper.y, { size: 9, colour: colours.accent, bold: true });
  paper.y += 18;
  paper.write(`Evidence pack, case ${told.case.number}`, margin, paper.y, { size: 20, bold: true });
  paper.y += 30;
  paper.paragraph(result(told), { size: 11 });
  paper.y += 8;
  paper.rule();
  paper.y += 10;
  facts(paper, [
    ['Account', told.account.displayName],
    ['User name', told.account.userName],
    ['Operator', told.operator.displayName],
    ['Tier', wordsOf(told.account.tier)],
    ['Opened', `${stamp(told.case.openedAt)} UTC`],
    ['Ended', told.case.endedAt === null ? 'still open' : `${stamp(told.case.endedAt)} UTC`],
    ['Ticket', told.case.ticket ?? '–'],
    ['Reason', told.case.reason === null ? '–' : wordsOf(told.case.reason)],
    ['Department', told.account.department ?? '–'],
    ['Directory', wordsOf(told.account.directory)],
  ]);

  await writeChecks(paper, told);
  await writeApprovals(paper, told);
  await writeIssued(paper, told);
  await writeMessages(paper, told);
  await writeTimeline(paper, told);
  writeHowToVerify(paper, told, signedJson);
  await nextTurn();
  paper.doc.file(Buffer.from(signedJson), {
    name: 'evidence.json',
    type: 'application/json',
    description: 'The signed evidence',
    creationDate: at,
    modifiedDate: at,
  } as unknown as Parameters<typeof paper.doc.file>[1]);
  paper.feet((page, pages) => [
    `Case ${told.case.number} · issued ${stamp(told.issuedAt)} UTC by ${told.issuedBy}`,
    `Page ${page} of ${pages}`,
  ]);
  await nextTurn();
  return paper.bytes();
}
