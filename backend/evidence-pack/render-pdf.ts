import { createHash } from 'node:crypto';
import { readFonts } from './fonts.ts';
import { factWords, stamp, wordsOf } from './pack-words.ts';
import { margin, measure, Paper, type TextLook } from './paper.ts';
import type { Story } from './story.ts';

const [ink, soft, accent, bad] = ['#1d1e21', '#57606a', '#00857a', '#b42318'] as const;

interface Column {
  readonly title: string;
  /** Part of the sheet's width. */
  readonly share: number;
}
type Cell = string | { readonly text: string; readonly look: TextLook };

const toned = (outcome: string): Cell => ({
  text: wordsOf(outcome),
  look: { bold: true, colour: ['failed', 'refused', 'locked', 'denied'].includes(outcome) ? bad : ink },
});

function heading(paper: Paper, title: string): void {
  // Room for the first rows as well: a heading does not stand alone at the foot.
  paper.need(72);
  paper.y += 12;
  paper.write(title, margin, paper.y, { size: 12, bold: true });
  paper.y += 20;
}

function table(paper: Paper, columns: readonly Column[], rows: readonly (readonly Cell[])[]): void {
  const gap = 8;
  const head = () => {
    let x = margin;
    for (const { title, share } of columns) {
      paper.write(title, x, paper.y, { size: 7.5, colour: soft });
      x += share * measure;
    }
    paper.y += 13;
    paper.rule('#868e96');
    paper.y += 4;
  };
  head();
  for (const row of rows) {
    const cells = columns.map(({ share }, index) => {
      const cell = row[index] ?? '';
      const { text, look } = typeof cell === 'string' ? { text: cell, look: {} } : cell;
      const size = look.size ?? 8.5;
      return {
        look: { ...look, size },
        lines: paper.linesOf(text, share * measure - gap, { ...look, size }),
      };
    });
    const height = Math.max(...cells.map(({ lines }) => lines.length)) * 12 + 4;
    if (paper.need(height)) head();
    let x = margin;
    for (const [index, { share }] of columns.entries()) {
      const { lines = [], look = {} } = cells[index] ?? {};
      for (const [at, line] of lines.entries()) paper.write(line, x, paper.y + at * 12, look);
      x += share * measure;
    }
    paper.y += height;
    paper.rule();
    paper.y += 4;
  }
}

function facts(paper: Paper, pairs: readonly (readonly [name: string, value: string])[]): void {
  const [left, half] = [84, measure / 2];
  for (let index = 0; index < pairs.length; index += 2) {
    const both = pairs.slice(index, index + 2).map(([name, value]) => ({
      name,
      lines: paper.linesOf(value, half - left - 10, { size: 9 }),
    }));
    const height = Math.max(...both.map(({ lines }) => lines.length)) * 13 + 3;
    paper.need(height);
    for (const [at, { name, lines }] of both.entries()) {
      const x = margin + at * half;
      paper.write(name, x, paper.y, { size: 8.5, colour: soft });
      for (const [line, text] of lines.entries()) paper.write(text, x + left, paper.y + line * 13);
    }
    paper.y += height;
  }
}

/** What came of the case, in a sentence. */
function result({ case: opened, issued }: Story): string {
  if (opened.state === 'refused') {
    return `Refused: ${wordsOf(opened.refusalReason ?? 'other').toLowerCase()}.${opened.refusalNote === null ? '' : ` ${opened.refusalNote}`}`;
  }
  const done = issued
    .filter(({ state }) => state === 'done')
    .map(({ action }) => wordsOf(action).toLowerCase());
  const what = done.length === 0 ? 'No password was reset.' : `Issued: ${done.join(', ')}.`;
  return `${wordsOf(opened.state)}. ${what}`;
}

/** The pack as a document of A4 sheets, the signed JSON attached to it. The same story makes the same bytes. */
export async function renderPdf(told: Story, signedJson: string): Promise<Buffer> {
  const at = new Date(told.issuedAt);
  const paper = new Paper(readFonts(), { title: `Evidence pack, case ${told.case.number}`, at });
  paper.write('Reset Desk', margin, paper.y, { size: 9, colour: accent, bold: true });
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

  heading(paper, 'Checks');
  if (told.checks.length === 0) paper.paragraph('No check was made.', { colour: soft });
  else {
    table(
      paper,
      [
        { title: 'Started (UTC)', share: 0.2 },
        { title: 'Check', share: 0.22 },
        { title: 'Outcome', share: 0.13 },
        { title: 'To', share: 0.2 },
        { title: 'What was noted', share: 0.25 },
      ],
      told.checks.map((check) => [
        stamp(check.startedAt),
        wordsOf(check.kind),
        toned(check.outcome),
        check.destination ?? '–',
        check.note ?? '–',
      ]),
    );
  }
  if (told.approvals.length > 0) {
    heading(paper, 'Approvals');
    table(
      paper,
      [
        { title: 'Asked (UTC)', share: 0.2 },
        { title: 'For', share: 0.22 },
        { title: 'Answer', share: 0.13 },
        { title: 'By', share: 0.2 },
        { title: 'Why', share: 0.25 },
      ],
      told.approvals.map((approval) => [
        stamp(approval.askedAt),
        `${wordsOf(approval.action)} (${approval.needed.map((why) => wordsOf(why).toLowerCase()).join(', ')})`,
        toned(approval.state),
        approval.decidedBy ?? '–',
        approval.reason ?? '–',
      ]),
    );
  }
  heading(paper, 'What was issued');
  if (told.issued.length === 0) paper.paragraph('Nothing was issued.', { colour: soft });
  else {
    table(
      paper,
      [
        { title: 'At (UTC)', share: 0.2 },
        { title: 'What', share: 0.22 },
        { title: 'Outcome', share: 0.13 },
        { title: 'Valid until (UTC)', share: 0.2 },
        { title: 'What became of it', share: 0.25 },
      ],
      told.issued.map((one) => [
        stamp(one.at),
        wordsOf(one.action) + (one.sentTo === null ? '' : `, to ${one.sentTo}`),
        toned(one.state),
        stamp(one.validUntil),
        [
          one.handedOverAt === null ? null : `handed over ${stamp(one.handedOverAt)}`,
          one.usedAt === null ? null : `used ${stamp(one.usedAt)}`,
          one.passwordSetAt === null ? null : `new password ${stamp(one.passwordSetAt)}`,
          one.voidedAt === null ? null : `void since ${stamp(one.voidedAt)}`,
          one.unlocked ? 'account unlocked' : null,
          one.sessionsEnded > 0 ? `${one.sessionsEnded} sessions ended` : null,
        ]
          .filter((part) => part !== null)
          .join(', ') || '–',
      ]),
    );
    const seen = told.reveals.map(({ at: when, way, by }) => `${way} ${stamp(when)} by ${by}`);
    paper.paragraph(
      seen.length === 0
        ? 'No temporary password was shown.'
        : `The temporary password was ${seen.join('; ')}.`,
      { colour: soft, size: 8.5 },
    );
  }
  heading(paper, 'Mails and texts');
  if (told.notifications.length === 0) paper.paragraph('Nothing was sent.', { colour: soft });
  else {
    table(
      paper,
      [
        { title: 'At (UTC)', share: 0.2 },
        { title: 'What', share: 0.22 },
        { title: 'Delivery', share: 0.18 },
        { title: 'To', share: 0.18 },
        { title: 'What the server said', share: 0.22 },
      ],
      told.notifications.map((one) => [
        stamp(one.at),
        `${wordsOf(one.kind)} by ${one.by}`,
        toned(one.state),
        one.to ?? '–',
        one.answer ?? '–',
      ]),
    );
  }
  heading(paper, 'Timeline');
  table(
    paper,
    [
      { title: 'Event', share: 0.08 },
      { title: 'At (UTC)', share: 0.2 },
      { title: 'What happened', share: 0.3 },
      { title: 'Who, from where', share: 0.2 },
      { title: 'Hash', share: 0.22 },
    ],
    told.events.map((event) => {
      const more = factWords(event.facts);
      const words = `${wordsOf(event.action)}${event.outcome === 'done' ? '' : ` (${event.outcome})`}`;
      return [
        String(event.seq),
        stamp(event.at),
        more === '' ? words : `${words}. ${more}`,
        [event.actor.name ?? 'Reset Desk', event.clientAddress, event.client]
          .filter((part) => part !== null)
          .join(', '),
        {
          text: event.hash.replaceAll(/(.{16})(?=.)/g, '$1 '),
          look: { mono: true, size: 6.8, colour: soft },
        },
      ];
    }),
  );
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
    paper.write(name, margin, paper.y, { size: 8, colour: soft });
    paper.write(value, margin + 116, paper.y, { size: 7, mono: true });
    paper.y += 14;
  }
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
  return paper.bytes();
}
