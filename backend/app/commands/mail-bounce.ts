import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { storeReport, maxReportBytes } from '../../messaging/mail/bounces/bounce-folder.ts';
import { readReport } from '../../messaging/mail/bounces/read-report.ts';
import { Usage, type Command } from './command.ts';

/** Takes a delivery report from a mail server's pipe, for the backend to show at the mail that came back. */
export const mailBounce: Command = {
  name: ['mail', 'bounce'],
  summary:
    'Reads a delivery report (RFC 3464) from standard input and leaves it for the backend, which shows that the mail came back.',
  options: [['--data DIR', 'the data folder, RESET_DESK_DATA otherwise']],
  run: async (args, variables, { out }) => {
    const { values } = parseArgs({ args: [...args], options: { data: { type: 'string' } } });
    const folder = values.data ?? variables['RESET_DESK_DATA'];
    if (folder === undefined) throw new Usage('Name the data folder with --data, or set RESET_DESK_DATA.');
    if (!existsSync(join(folder, 'secret.key')))
      throw new Usage(`${folder} is not the data folder of a backend.`);
    const message = await text(process.stdin);
    if (message.length > maxReportBytes) throw new Error('The message is too large for a report.');
    if (readReport(message) === null) {
      out('This is no report of a mail of ours that could not be delivered. Nothing was done.');
      return 0;
    }
    await storeReport(folder, message);
    out('The report waits for the backend.');
    return 0;
  },
};
