import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Mail, MailOutcome } from './mailer.ts';
import type { StoredMailSettings } from './mail-settings.ts';

type Sent = Pick<MailOutcome, 'state' | 'answer'> & { readonly file: string | null };

/** Milliseconds: a mail server that takes longer than this has not taken the mail, as far as a caller on the phone is concerned. */
const patience = 10_000;

/** Written for its reader alone; no name of ours that a reader would reply to. */
const messageOf = ({ to, subject, text }: Mail, from: string) => ({
  from,
  to: { name: '', address: to },
  subject,
  text,
  // Out-of-office answers to a code help nobody.
  headers: { 'Auto-Submitted': 'auto-generated' },
});

/** Hands the mail to the mail server and reports its words; throws when it was not taken. */
export async function sendBySmtp(mail: Mail, { settings, password }: StoredMailSettings): Promise<Sent> {
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
    const { response } = await transport.sendMail(messageOf(mail, from));
    return { state: 'accepted', answer: response, file: null };
  } finally {
    transport.close();
  }
}

/** Keeps the mail as a file that only the desk's own user can read. */
export async function keepInOutbox(mail: Mail, mailId: string, from: string, folder: string): Promise<Sent> {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const { message } = await composer.sendMail(messageOf(mail, from));
  if (!Buffer.isBuffer(message)) throw new Error('A mail for the outbox was not composed as a whole');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const file = `${mailId}.eml`;
  await writeFile(join(folder, file), message, { mode: 0o600, flag: 'wx' });
  return { state: 'kept-in-outbox', answer: null, file };
}
