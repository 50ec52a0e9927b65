import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { storeReport, maxReportBytes } from '../../messaging/mail/bounces/bounce-folder.ts';
import { readReport } from '../../messaging/mail/bounces/read-report.ts';
import { folderOf } from './open-for-writing.ts';
import { UsageError, type Command } from './command.ts';

/** Accepts a delivery report from a mail server's pipe, so that the backend marks the mail as bounced. */
export const mailBounce: Command = {
  name: ['mail', 'bounce'],
  summary:
    'Reads a delivery report (RFC 3464) from standard input and passes it to the backend, which marks the mail as bounced.',
  options: [['--data DIR', 'the data folder; default RESET_DESK_DATA']],
  run: async (args, variables, { out }) => {
    const { values } = parseArgs({ args: [...args], options: { data: { type: 'string' } } });
    const folder = folderOf(values.data, variables);
    if (!existsSync(join(folder, 'secret.key')))
      throw new UsageError(`${folder} is not a backend's data folder.`);
    const message = await text(process.stdin);
    if (message.length > maxReportBytes) throw new Error('The message is too large for a delivery report.');
    if (readReport(message) === null) {
      out('This is not a delivery report about a mail from this backend. It was ignored.');
      return 0;
    }
    await storeReport(folder, message);
    out('The backend will process the report.');
    return 0;
  },
};
