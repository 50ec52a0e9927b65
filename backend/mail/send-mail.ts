import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { readableAnswer } from './attempt-failure.ts';
import { plainLetter } from './templates/compose-letter.ts';
import type { QueuedMail } from './mail-queue.ts';
import type { StoredMailSettings } from './mail-settings.ts';

/** What became of an attempt that did not throw. */
export interface Sent {
  readonly state: 'accepted' | 'kept-in-outbox' | 'failed';
  readonly answer: string | null;
  readonly file: string | null;
}

/** Milliseconds: a mail server that is silent for longer has not taken the mail. */
const patience = 10_000;

/** The part of a Message-ID behind the at sign: the sender's own domain. */
const domainOf = (from: string): string => /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';

/** Written for its reader alone; no name of ours that a reader would reply to. */
const messageOf = ({ id, queuedAt, to, subject, text, html }: QueuedMail, from: string) => ({
  from,
  to: { name: '', address: to },
  subject,
  // The last line break before a boundary belongs to the boundary.
  text: `${text}\n`,
  html: html ?? plainLetter(subject, text),
  messageId: `<${id}@${domainOf(from)}>`,
  date: new Date(queuedAt),
  // Out-of-office answers to a code help nobody.
  headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
});

/** Hands the mail to the mail server and reports its words; throws when it was not taken. */
export async function sendBySmtp(
  mail: QueuedMail,
  { settings, password }: StoredMailSettings,
): Promise<Sent> {
  const { host, port, security, userName, from } = settings;
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(userName !== '' && { auth: { user: userName, pass: password ?? '' } }),
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const { response } = await transport.sendMail({
      ...messageOf(mail, from),
      // Where the server can (RFC 3461), a report of what could not be delivered names the mail by its id.
      dsn: { id: mail.id, return: 'headers', notify: ['failure', 'delay'], recipient: mail.to },
    });
    return { state: 'accepted', answer: readableAnswer(response), file: null };
  } finally {
    transport.close();
  }
}

/** Keeps the mail as a file that only the desk's own user can read. */
export async function keepInOutbox(mail: QueuedMail, from: string, folder: string): Promise<Sent> {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const { message } = await composer.sendMail(messageOf(mail, from));
  if (!Buffer.isBuffer(message)) throw new Error('A mail for the outbox was not composed as a whole');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const file = `${mail.id}.eml`;
  // The same mail again, after a crash in between, is the same file.
  await writeFile(join(folder, file), message, { mode: 0o600 });
  return { state: 'kept-in-outbox', answer: null, file };
}
