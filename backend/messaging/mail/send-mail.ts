import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { maskAnswer } from './attempt-failure.ts';
import { renderPlainMail } from './templates/render-mail.ts';
import type { QueuedMail } from './mail-queue.ts';
import type { StoredMailSettings } from './mail-settings.ts';

/** What became of an attempt that did not throw. */
export interface Sent {
  readonly state: 'accepted' | 'kept-in-outbox' | 'failed' | 'in-doubt';
  readonly answer: string | null;
  readonly file: string | null;
}

/** Loaded with the first mail: nobody waits for it at the start. */
const mailLibrary = () => import('nodemailer');

type Watch = (entry: { readonly tnx?: unknown }) => void;
/** A logger of nodemailer's shape that keeps nothing and hands each entry to `watch`. */
const silentLogger = (watch: Watch) => {
  const look = (entry: unknown) => {
    if (typeof entry === 'object' && entry !== null) watch(entry);
  };
  return {
    level: () => undefined,
    trace: look,
    debug: look,
    info: look,
    warn: look,
    error: look,
    fatal: look,
  };
};

/** The whole mail was handed over, and then nothing was heard: the server may have taken it or not. */
export class NoAnswerToMail extends Error {
  constructor(cause: unknown) {
    super('The mail server fell silent after it had the whole mail.', { cause });
    this.name = 'NoAnswerToMail';
  }
}

/** Milliseconds: a mail server that is silent for longer has not taken the mail. */
const timeoutMs = 10_000;

/** The part of a Message-ID behind the at sign: the sender's own domain. */
const domainOf = (from: string): string => /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';

/** Written for its reader alone; no name of ours that a reader would reply to. */
const messageOf = ({ id, queuedAt, to, subject, text, html }: QueuedMail, from: string) => ({
  from,
  to: { name: '', address: to },
  subject,
  // The last line break before a boundary belongs to the boundary.
  text: `${text}\n`,
  html: html ?? renderPlainMail(subject, text),
  messageId: `<${id}@${domainOf(from)}>`,
  date: new Date(queuedAt),
  // Out-of-office answers to a code help nobody.
  headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
});

/** Hands the mail to the mail server and reports its words; throws when it was not taken, or {@link NoAnswerToMail} when nobody can know. */
export async function sendBySmtp(
  mail: QueuedMail,
  { settings, password }: StoredMailSettings,
): Promise<Sent> {
  const { host, port, security, userName, from } = settings;
  let handedOver = false;
  const { createTransport } = await mailLibrary();
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(userName !== '' && { auth: { user: userName, pass: password ?? '' } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    // Nothing is logged: this is how nodemailer tells that the last byte of the mail is out.
    logger: silentLogger(({ tnx }) => (handedOver ||= tnx === 'message')),
  });
  try {
    const { response } = await transport.sendMail({
      ...messageOf(mail, from),
      // Where the server can (RFC 3461), a report of what could not be delivered names the mail by its id.
      dsn: { id: mail.id, return: 'headers', notify: ['failure', 'delay'], recipient: mail.to },
    });
    return { state: 'accepted', answer: maskAnswer(response), file: null };
  } catch (thrown) {
    const answered = thrown instanceof Error && 'responseCode' in thrown && Number(thrown.responseCode) > 0;
    throw handedOver && !answered ? new NoAnswerToMail(thrown) : thrown;
  } finally {
    transport.close();
  }
}

/** Keeps the mail as a file that only the desk's own user can read. */
export async function keepInOutbox(mail: QueuedMail, from: string, folder: string): Promise<Sent> {
  const { createTransport } = await mailLibrary();
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
