import { parentPort } from 'node:worker_threads';
import type { CaseReport } from './case-report.ts';
import { renderPdf } from './render-pdf.ts';

/** The message from the backend to the worker. */
export interface PdfTask {
  readonly report: CaseReport;
  readonly signedJson: string;
}

/** The entry of a thread that renders evidence packs, one after the other. A failure ends the thread, with the error as its reason. */
parentPort?.on('message', ({ report, signedJson }: PdfTask) => {
  void renderPdf(report, signedJson).then((bytes) =>
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the recipient is a thread, not a window
    parentPort?.postMessage(new Uint8Array(bytes)),
  );
});
