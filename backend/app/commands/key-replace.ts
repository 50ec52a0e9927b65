import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Kysely, Transaction } from 'kysely';
import { keptHeadFileName } from '../../audit/kept-head.ts';
import { appendEvent, systemOrigin } from '../../store/append-event.ts';
import { createAuditKey, type AuditKey } from '../../store/audit-key.ts';
import { signCheckpoint } from '../../store/checkpoint.ts';
import type { Tables } from '../../store/tables.ts';
import { claimDatabase, keyOfDatabase } from '../configuration/database-key.ts';
import { keyFileName } from '../configuration/data-folder.ts';
import { createKeyFile, readSecretKey } from '../configuration/secret-key.ts';
import { StartFault } from '../configuration/start-fault.ts';
import { UsageError, type Command } from './command.ts';
import { openForWriting } from './open-for-writing.ts';

interface Settled {
  readonly operators: number;
  readonly authenticators: number;
  readonly mails: number;
  readonly heldChanges: number;
}

/** Settles the rows that only the old key could open or match. Stored secrets of settings stay; they count as not stored. */
async function settleSealedRows(tx: Transaction<Tables>, at: number): Promise<Settled> {
  const operators = await tx
    .updateTable('operators')
    .set({ totp_secret: null, totp_since: null, totp_last_step: null })
    .where('totp_secret', 'is not', null)
    .executeTakeFirst();
  await tx.deleteFrom('operator_recovery_codes').execute();
  await tx
    .updateTable('operator_sign_ins')
    .set({ settled_at: at, sealed: null })
    .where('settled_at', 'is', null)
    .execute();
  await tx.updateTable('operator_sessions').set({ ended_at: at }).where('ended_at', 'is', null).execute();
  const authenticators = await tx.deleteFrom('account_authenticators').executeTakeFirst();
  await tx.deleteFrom('account_recovery_codes').execute();
  await tx.deleteFrom('account_security_questions').execute();
  const heldChanges = await tx
    .updateTable('own_changes')
    .set({ state: 'lapsed', sealed: null, code_hash: null, settled_at: at, reason: 'The key was replaced.' })
    .where('sealed', 'is not', null)
    .executeTakeFirst();
  await tx
    .updateTable('protected_changes')
    .set({ state: 'expired', sealed: null, settled_at: at, reason: 'The key was replaced.' })
    .where('state', '=', 'waiting')
    .execute();
  await tx.updateTable('source_tokens').set({ revoked_at: at }).where('revoked_at', 'is', null).execute();
  await tx
    .updateTable('password_requests')
    .set({ address: null, answered_at: at })
    .where('answered_at', 'is', null)
    .execute();
  const queued = tx.selectFrom('mail_queue').select('mail_id');
  const mails = await tx
    .updateTable('mails')
    .set({ state: 'failed', settled_at: at, answer: 'The key was replaced.', next_attempt_at: null })
    .where('id', 'in', queued)
    .executeTakeFirst();
  await tx.deleteFrom('mail_queue').execute();
  return {
    operators: Number(operators.numUpdatedRows),
    authenticators: Number(authenticators.numDeletedRows),
    mails: Number(mails.numUpdatedRows),
    heldChanges: Number(heldChanges.numUpdatedRows),
  };
}

/** Assigns the database to the new key: handles rows that the old key sealed, then records and signs the replacement. */
const replaceKey = (writer: Kysely<Tables>, key: AuditKey, previousKeyId: string | null): Promise<Settled> =>
  writer.transaction().execute(async (tx) => {
    const at = Date.now();
    const settled = await settleSealedRows(tx, at);
    await claimDatabase(tx, key, at);
    const facts = { keyId: key.keyId, publicKey: key.publicKey, previousKeyId, ...settled };
    const head = await appendEvent(tx, systemOrigin, { action: 'audit.key-replaced', facts }, at);
    await tx
      .insertInto('audit_checkpoints')
      .values(signCheckpoint(key, { ...head, at }))
      .execute();
    return settled;
  });

/** Moves a file of the old key away without overwriting another one. */
function setAside(file: string): string | null {
  if (!existsSync(file)) return null;
  for (let number = 1; ; number += 1) {
    const aside = `${file}.replaced-${number}`;
    if (existsSync(aside)) continue;
    renameSync(file, aside);
    return aside;
  }
}

const ownKeyId = (folder: string): string | null => {
  try {
    return createAuditKey(readSecretKey(folder)).keyId;
  } catch (thrown) {
    // A missing or damaged key is what this command is for.
    if (thrown instanceof StartFault || !existsSync(join(folder, keyFileName))) return null;
    throw thrown;
  }
};

/** Starts to use a new key after the old one was lost. */
export const keyReplace: Command = {
  name: ['key', 'replace'],
  summary:
    'Creates a new secret.key after the old one was lost permanently. Sessions, links, two-factor authentication, queued mails and stored passwords of other servers are lost. The backend must be stopped.',
  options: [['--data DIR', 'the data folder; default RESET_DESK_DATA']],
  run: async (args, variables, output) => {
    const { values } = parseArgs({ args: [...args], strict: true, options: { data: { type: 'string' } } });
    const { folder, db, writer, close } = await openForWriting(values.data, variables, output);
    try {
      const known = await keyOfDatabase(db);
      const present = ownKeyId(folder);
      if (present !== null && present === known?.keyId)
        throw new UsageError(`The key ${present} belongs to this database. It was not replaced.`);
      const aside = setAside(join(folder, keyFileName));
      // The old key signed it, so it proves nothing under the new one.
      setAside(join(folder, keptHeadFileName));
      const key = createAuditKey(createKeyFile(folder));
      const { operators, authenticators, mails, heldChanges } = await replaceKey(
        writer,
        key,
        known?.keyId ?? null,
      );
      output.out(`The database now belongs to the new key ${key.keyId}.`);
      output.out(`Public key: ${key.publicKey}`);
      if (aside !== null) output.out(`The previous key was moved to ${aside}.`);
      output.out(
        `${operators} operators must set up two-factor authentication again at their next sign-in, and ${authenticators} users their authenticator. ${mails} queued mails and ${heldChanges} held changes were dropped.`,
      );
      output.out(
        'Enter the passwords of the mail server, the text message gateway, the identity provider and the log receivers again.',
      );
      output.out('Back up secret.key now.');
      return 0;
    } finally {
      await close();
    }
  },
};
