import { chmod, mkdir, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { domainToASCII } from 'node:url';
import { withDeadline } from '../../outbound/deadline.ts';
import { openConnection } from '../../outbound/open-connection.ts';
import { secureContextOf, type Trust } from '../../outbound/trust.ts';
import { maskAnswer } from './attempt-failure.ts';
import { logoContentId, withLogo, type MailLogo } from './templates/mail-logo.ts';
import { renderPlainMail } from './templates/render-mail.ts';
import type { QueuedMail } from './mail-queue.ts';
import type { StoredMailSettings } from './mail-settings.ts';

/** The outcome of an attempt that did not throw. */
export interface Sent {
  readonly state: 'accepted' | 'kept-in-outbox' | 'failed' | 'in-doubt';
  readonly answer: string | null;
  readonly file: string | null;
}

/** Loaded with the first mail, to keep the start of the backend fast. */
const mailLibrary = () => import('nodemailer');

type Watch = (entry: { readonly tnx?: unknown }) => void;
/** A nodemailer logger that logs nothing and passes each entry to `watch`. */
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

/** The mail server received the whole mail and did not answer: it may or may not have accepted it. */
export class NoAnswerToMail extends Error {
  constructor(cause: unknown) {
    super('The mail server did not answer after it received the mail.', { cause });
    this.name = 'NoAnswerToMail';
  }
}

/** Milliseconds without an answer after which an attempt fails. */
const timeoutMs = 10_000;
/** Milliseconds for a whole attempt, so that a server that answers byte by byte cannot delay the queue. */
const attemptMs = 60_000;

/** The part of a Message-ID after the @: the sender's own domain. */
const domainOf = (from: string): string =>
  domainToASCII(/@([^\s@>]+)>?\s*$/u.exec(from)?.[1] ?? '') || 'localhost';

const messageOf = (
  { id, queuedAt, to, subject, text, html }: QueuedMail,
  from: string,
  logo: MailLogo | null,
) => ({
  from,
  to: { name: '', address: to },
  subject,
  // MIME counts the last line break before a boundary as part of the boundary.
  text: `${text}\n`,
  html: withLogo(html ?? renderPlainMail(subject, text), logo),
  ...(logo !== null && {
    attachments: [
      {
        filename: 'logo.png',
        content: logo.bytes,
        contentType: 'image/png',
        contentDisposition: 'inline' as const,
        cid: logoContentId,
      },
    ],
  }),
  messageId: `<${id}@${domainOf(from)}>`,
  date: new Date(queuedAt),
  // Suppresses out-of-office answers.
  headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
});

/**
 * Sends the mail by SMTP, with the organisation's logo if there is one, and returns the server's answer. Throws if the server refused it, or
 * {@link NoAnswerToMail} if that is unknown. `stopping` ends the attempt.
 */
export async function sendBySmtp(
  mail: QueuedMail,
  stored: StoredMailSettings,
  trust: Trust,
  logo: MailLogo | null,
  stopping?: AbortSignal,
): Promise<Sent> {
  const { createTransport } = await mailLibrary();
  return withDeadline(attemptMs, stopping, (within) =>
    sendWithin(mail, stored, { trust, logo, within, createTransport }),
  );
}

async function sendWithin(
  mail: QueuedMail,
  { settings, password }: StoredMailSettings,
  {
    trust,
    logo,
    within,
    createTransport,
  }: {
    readonly trust: Trust;
    readonly logo: MailLogo | null;
    readonly within: AbortSignal;
    readonly createTransport: Awaited<ReturnType<typeof mailLibrary>>['createTransport'];
  },
): Promise<Sent> {
  const { host, port, security, userName, from } = settings;
  if (userName !== '' && password === null)
    throw new Error('The password of the mail server is not stored. Enter it again in the settings.');
  let handedOver = false;
  const transport = createTransport({
    host,
    port,
    getSocket: (_options, done) => {
      connectWithin({ host, port }, { trust, within }).then(
        (connection) => done(null, { connection }),
        (thrown: unknown) => done(thrown instanceof Error ? thrown : new Error('No connection'), {}),
      );
    },
    tls: { secureContext: secureContextOf(trust) },
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(userName !== '' && { auth: { user: userName, pass: password ?? '' } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    // nodemailer reports only through its logger that the last byte of the mail was sent.
    logger: silentLogger(({ tnx }) => (handedOver ||= tnx === 'message')),
  });
  try {
    const { response } = await transport.sendMail({
      ...messageOf(mail, from, logo),
      // If the server supports RFC 3461, its delivery reports carry this id.
      dsn: { id: mail.id, return: 'headers', notify: ['failure', 'delay'], recipient: mail.to },
    });
    return { state: 'accepted', answer: maskAnswer(response), file: null };
  } catch (thrown) {
    if (within.aborted) throw handedOver ? new NoAnswerToMail(within.reason) : within.reason;
    const answered = thrown instanceof Error && 'responseCode' in thrown && Number(thrown.responseCode) > 0;
    throw handedOver && !answered ? new NoAnswerToMail(thrown) : thrown;
  } finally {
    transport.close();
  }
}

/** Opens the connection without TLS, which nodemailer adds. The connection ends when the attempt's time is over. */
function connectWithin(
  { host, port }: { readonly host: string; readonly port: number },
  { trust, within }: { readonly trust: Trust; readonly within: AbortSignal },
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = openConnection({ host, port, tls: false }, trust);
    const noAnswer = Object.assign(new Error('The mail server is not answering.'), { code: 'ETIMEDOUT' });
    const timer = setTimeout(() => socket.destroy(noAnswer), timeoutMs);
    within.addEventListener('abort', () => socket.destroy(), { once: true });
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', reject);
      resolve(socket);
    });
    socket.once('error', reject);
    socket.once('close', () => {
      clearTimeout(timer);
    });
  });
}

/** Writes the mail to a file that only the backend's user can read. */
export async function keepInOutbox(
  mail: QueuedMail,
  from: string,
  folder: string,
  logo: MailLogo | null,
): Promise<Sent> {
  const { createTransport } = await mailLibrary();
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const { message } = await composer.sendMail(messageOf(mail, from, logo));
  if (!Buffer.isBuffer(message)) throw new Error('A mail for the outbox was not composed as a whole');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const file = `${mail.id}.eml`;
  // After a crash, a second attempt overwrites the same file.
  await writeFile(join(folder, file), message, { mode: 0o600 });
  return { state: 'kept-in-outbox', answer: null, file };
}
