import { factWords, stampIn, wordsOf } from './pack-texts.ts';
import { heading, table, type Cell } from './pdf-table.ts';
import { colours, type PdfPage } from './pdf-page.ts';
import type { CaseReport } from './case-report.ts';

const toned = (outcome: string): Cell => ({
  text: wordsOf(outcome),
  look: {
    bold: true,
    colour: ['failed', 'refused', 'locked', 'denied'].includes(outcome) ? colours.bad : colours.ink,
  },
});

/** The operator's note, and the operators who could have answered instead of the caller. */
function noted({ note, readInOutbox = [] }: CaseReport['checks'][number]): Cell {
  if (readInOutbox.length === 0) return note ?? '–';
  const readers = [...new Set(readInOutbox.map(({ by }) => by))].join(', ');
  const warning = `Code read in the outbox by ${readers}`;
  return { text: note === null ? warning : `${note}. ${warning}`, look: { bold: true, colour: colours.bad } };
}

/** How the caller was verified. */
export function writeChecks(page: PdfPage, report: CaseReport): void {
  const stamp = stampIn(report.zone ?? 'UTC');
  heading(page, 'Checks');
  if (report.checks.length === 0) page.paragraph('No check was made.', { colour: colours.soft });
  else {
    table(
      page,
      [
        { title: 'Started', share: 0.2 },
        { title: 'Check', share: 0.22 },
        { title: 'Outcome', share: 0.13 },
        { title: 'To', share: 0.2 },
        { title: 'What was noted', share: 0.25 },
      ],
      report.checks.map((check) => [
        stamp(check.startedAt),
        wordsOf(check.kind),
        toned(check.outcome),
        check.destination ?? '–',
        noted(check),
      ]),
    );
  }
}

/** The second people who were asked for an approval, and their answers. */
export function writeApprovals(page: PdfPage, report: CaseReport): void {
  const stamp = stampIn(report.zone ?? 'UTC');
  if (report.approvals.length === 0) return;
  heading(page, 'Approvals');
  table(
    page,
    [
      { title: 'Asked', share: 0.2 },
      { title: 'For', share: 0.22 },
      { title: 'Answer', share: 0.13 },
      { title: 'By', share: 0.2 },
      { title: 'Why', share: 0.25 },
    ],
    report.approvals.map((approval) => [
      stamp(approval.askedAt),
      `${wordsOf(approval.action)} (${approval.needed.map((why) => wordsOf(why).toLowerCase()).join(', ')})`,
      toned(approval.state),
      approval.decidedBy ?? '–',
      approval.reason ?? '–',
    ]),
  );
}

/** Temporary passwords and links, and how they were used. */
export function writeIssued(page: PdfPage, report: CaseReport): void {
  const stamp = stampIn(report.zone ?? 'UTC');
  heading(page, 'What was issued');
  if (report.issued.length === 0) page.paragraph('Nothing was issued.', { colour: colours.soft });
  else {
    table(
      page,
      [
        { title: 'At', share: 0.2 },
        { title: 'What', share: 0.22 },
        { title: 'Outcome', share: 0.13 },
        { title: 'Valid until', share: 0.2 },
        { title: 'What happened next', share: 0.25 },
      ],
      report.issued.map((one) => [
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
    const seen = report.reveals.map(({ at: when, way, by }) => `${way} ${stamp(when)} by ${by}`);
    page.paragraph(
      seen.length === 0
        ? 'No temporary password was shown.'
        : `The temporary password was ${seen.join('; ')}.`,
      { colour: colours.soft, size: 8.5 },
    );
  }
}

/** The messages, their recipients and their delivery. */
export function writeMessages(page: PdfPage, report: CaseReport): void {
  const stamp = stampIn(report.zone ?? 'UTC');
  heading(page, 'Mails and texts');
  if (report.notifications.length === 0) page.paragraph('Nothing was sent.', { colour: colours.soft });
  else {
    table(
      page,
      [
        { title: 'At', share: 0.2 },
        { title: 'What', share: 0.22 },
        { title: 'Delivery', share: 0.18 },
        { title: 'To', share: 0.18 },
        { title: 'Server’s answer', share: 0.22 },
      ],
      report.notifications.map((one) => [
        stamp(one.at),
        `${wordsOf(one.kind)} by ${one.by}`,
        toned(one.state),
        one.to ?? '–',
        one.answer ?? '–',
      ]),
    );
  }
}

/** Every event of the case with the first characters of its hash. */
export function writeTimeline(page: PdfPage, report: CaseReport): void {
  const stamp = stampIn(report.zone ?? 'UTC');
  heading(page, 'Timeline');
  table(
    page,
    [
      { title: 'Event', share: 0.08 },
      { title: 'At', share: 0.2 },
      { title: 'What happened', share: 0.38 },
      { title: 'Who, from where', share: 0.22 },
      { title: 'Hash begins', share: 0.12 },
    ],
    report.events.map((event) => {
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
          text: event.hash.slice(0, 12),
          look: { mono: true, size: 6.8, colour: colours.soft },
        },
      ];
    }),
  );
}
