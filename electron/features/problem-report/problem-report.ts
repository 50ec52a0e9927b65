import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { strToU8, zipSync } from 'fflate/browser';
import type { ReportFile } from '../../../shared/bridge/problem-report.ts';
import type { GroupHandlers } from '../../bridge/handlers.ts';
import { ConsoleFailure } from '../../failure/console-failure.ts';

interface Collaborators {
  readonly collect: () => Promise<readonly ReportFile[]>;
  readonly chooseTarget: (suggested: string) => Promise<string | null>;
  /** Milliseconds. */
  readonly now: () => number;
}

/** What the operator wrote, beside the files. */
const descriptionName = 'description.txt';

/**
 * Creates problem reports. The console saves only what the operator has read: the page names files of the report that it was given, and cannot add
 * any. Nothing is sent.
 */
export function createProblemReport({
  collect,
  chooseTarget,
  now,
}: Collaborators): Pick<GroupHandlers<'app'>, 'problemReport' | 'saveProblemReport'> {
  let shown: readonly ReportFile[] = [];
  let isChoosing = false;
  return {
    problemReport: async () => {
      shown = await collect();
      return { files: [...shown] };
    },
    saveProblemReport: async ({ description, files }) => {
      if (isChoosing) return null;
      isChoosing = true;
      try {
        const chosen = shown.filter(({ name }) => files.includes(name));
        const day = new Date(now()).toISOString().slice(0, 10);
        const target = await chooseTarget(`reset-desk-report-${day}.zip`);
        if (target === null) return null;
        const entries = [
          ...chosen.map(({ name, text }) => [name, strToU8(text)] as const),
          ...(description === '' ? [] : [[descriptionName, strToU8(description)] as const]),
        ];
        await writeFile(target, zipSync(Object.fromEntries(entries)), { mode: 0o600 }).catch(() => {
          throw new ConsoleFailure('file.unwritable');
        });
        return basename(target);
      } finally {
        isChoosing = false;
      }
    },
  };
}
