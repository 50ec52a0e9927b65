import type { Secret } from '../../../shared/secret/secret.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { Origin } from '../../store/append-event.ts';
import type { Transaction } from '../../store/store.ts';
import type { Destination } from './plan-delivery.ts';
import type { ResetCollaborators } from './reset-collaborators.ts';

/** The text to a phone that carries a sealed temporary password, or the second half of a split one. */
const secretText = ({
  secret,
  half,
  minutes,
  loginUrl,
}: {
  readonly secret: Secret;
  readonly half: boolean;
  readonly minutes: number;
  readonly loginUrl: string;
}): string =>
  [
    half
      ? `Second half of your temporary password (enter it directly after the first): ${secret.expose()}`
      : `Your temporary password: ${secret.expose()}`,
    `Sign in within ${minutes} minutes: ${loginUrl}`,
    'We will never ask for it. If this was not you, call the help desk.',
  ].join('\n');

export interface SecretToSend {
  readonly resetId: string;
  /** Of the mail or the text that carries it. */
  readonly messageId: string;
  readonly account: AccountRow;
  readonly destination: Destination;
  readonly secret: Secret;
  /** The second half of a split password. */
  readonly half: boolean;
  /** Milliseconds. */
  readonly validUntil: number;
  readonly caseId: string;
  readonly origin: Origin;
}

/** Passes the message to the mail server or the text gateway. `stateIn` reads the message's state in a later transaction. */
export function createTransmitSecret({
  mailer,
  mailComposer,
  texts,
  publicUrl,
  now,
}: Pick<ResetCollaborators, 'mailer' | 'mailComposer' | 'texts' | 'publicUrl' | 'now'>) {
  const minutesLeft = (validUntil: number) => Math.round((validUntil - now()) / 60_000);

  const enqueue = async (tx: Transaction, sent: Omit<SecretToSend, 'origin'>): Promise<void> => {
    const { messageId, account, destination, secret, half, validUntil, caseId } = sent;
    if (destination.channel !== 'mail') return;
    const owner = { id: account.id, displayName: account.display_name, userName: account.user_name };
    const { content, saveLink } = await mailComposer.prepare(
      half ? 'split-password' : 'sealed-password',
      owner,
      messageId,
      { password: secret, minutes: String(minutesLeft(validUntil)), link: `${publicUrl()}/login` },
      tx,
    );
    await saveLink(tx);
    await mailer.enqueue(
      {
        kind: 'temporary-password',
        to: destination.to,
        ...content,
        accountId: account.id,
        caseId,
        goodUntil: validUntil,
      },
      messageId,
      tx,
    );
  };

  const byMail = async ({ messageId }: SecretToSend) => {
    const { answer } = await mailer.deliverNow(messageId);
    // Read again in the transaction: the server may have answered after the wait for it had timed out.
    const stateIn = async (tx: Transaction) =>
      (await tx.selectFrom('mails').select('state').where('id', '=', messageId).executeTakeFirstOrThrow())
        .state;
    return { answer, stateIn };
  };
  const byText = async ({
    messageId,
    account,
    destination,
    secret,
    half,
    validUntil,
    caseId,
  }: SecretToSend) => {
    const { state, answer } = await texts.send(
      {
        kind: 'temporary-password',
        to: destination.to,
        text: secretText({
          secret,
          half,
          minutes: minutesLeft(validUntil),
          loginUrl: `${publicUrl()}/login`,
        }),
        accountId: account.id,
        caseId,
      },
      messageId,
    );
    return { answer, stateIn: async () => state };
  };

  return {
    enqueue,
    transmit: (sent: SecretToSend) => (sent.destination.channel === 'mail' ? byMail(sent) : byText(sent)),
  };
}
