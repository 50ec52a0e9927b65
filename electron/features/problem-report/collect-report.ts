import { open } from 'node:fs/promises';
import { hostname, homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { ReportFile } from '../../../shared/bridge/problem-report.ts';
import type { Settings } from '../../services/settings-file/settings.ts';
import { redact } from '../../log/redactors.ts';

/** Bytes from the end of each log, which hold some thousand lines. */
const maxLogBytes = 256 * 1024;
/** Shorter texts, such as the user name `a`, occur inside too many words to be hidden. */
const minHidden = 3;

/** What a report leaves out besides what {@link redact} finds, with the replacement of each. */
export type Hidden = readonly (readonly [text: string, replacement: string])[];

/** The names of this computer and its user, as they stand in paths. */
export const hiddenOfComputer = (): Hidden => [
  [homedir(), '~'],
  [userInfo().username, '[user]'],
  [hostname(), '[computer]'],
];

const escapePattern = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);

/** The names of the servers that this console has used, and of the operators who signed in. */
export const hiddenOfServers = ({ current, servers, thisComputer }: Settings): Hidden => [
  ...(current?.kind === 'server' ? [current, ...servers] : servers).map(
    ({ address }) => [URL.parse(address)?.hostname ?? address, '[server]'] as const,
  ),
  ...[thisComputer, ...servers].map(({ lastUserName }) => [lastUserName ?? '', '[operator]'] as const),
];

/** Removes the hidden texts, in any case of letters. The longest comes first, since one may contain another. */
export function withoutHidden(text: string, hidden: Hidden): string {
  const found = hidden
    .filter(([part]) => part.length >= minHidden)
    .toSorted(([a], [b]) => b.length - a.length)
    .reduce(
      (shown, [part, replacement]) =>
        shown.replaceAll(new RegExp(escapePattern(part), 'gi'), () => replacement),
      text,
    );
  return redact(found);
}

/** The whole lines at the end of a file; empty if it cannot be read. */
async function readEnd(path: string): Promise<string> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const start = Math.max(0, size - maxLogBytes);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
      const text = buffer.toString('utf8', 0, bytesRead);
      return start === 0 ? text : text.slice(text.indexOf('\n') + 1);
    } finally {
      await file.close();
    }
  } catch {
    return '';
  }
}

/** The files of a report: facts about this console, and the ends of its logs. Empty files are left out. */
export async function collectReport(
  facts: object,
  folder: string,
  hidden: Hidden,
): Promise<readonly ReportFile[]> {
  const [log, oldLog] = await Promise.all([
    readEnd(join(folder, 'reset-desk.log')),
    readEnd(join(folder, 'reset-desk.old.log')),
  ]);
  const files: readonly ReportFile[] = [
    { name: 'facts.json', text: JSON.stringify(facts, null, 2) },
    { name: 'console.log', text: log },
    { name: 'console.old.log', text: oldLog },
  ];
  return files
    .filter(({ text }) => text !== '')
    .map(({ name, text }) => ({ name, text: withoutHidden(text, hidden) }));
}
