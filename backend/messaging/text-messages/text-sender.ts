import { randomUUID } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { textKinds } from '../../../shared/api/text.ts';
import type { Store } from '../../store/store.ts';
import type { StoredTextSettings, TextSettingsStore } from './text-settings.ts';
import { gatewayRequest } from './text-template.ts';
import { systemOrigin } from '../../store/append-event.ts';

/** A text message to one phone. `text` may contain a code: it is never logged, and stored only in the outbox. */
export interface TextMessage {
  readonly kind: (typeof textKinds)[number];
  /** The number as it is on file. */
  readonly to: string;
  readonly text: string;
  readonly accountId: string | null;
  readonly caseId: string | null;
}

export interface TextOutcome {
  readonly textId: string;
  readonly state: 'accepted' | 'kept-in-outbox' | 'failed';
  /** The gateway's status code, without its body: some gateways repeat the text in it. */
  readonly answer: string | null;
}

/** Sends text messages and returns the gateway's answer. Does not throw if a text cannot be sent. */
export interface TextSender {
  send(message: TextMessage, textId?: string): Promise<TextOutcome>;
}

/** Milliseconds; short, since a caller is waiting on the phone. */
const timeoutMs = 10_000;

/** The number as every gateway accepts it: digits, with a leading plus if there is one. */
const dialled = (phone: string): string => phone.normalize('NFKC').replaceAll(/(?!^\+)\D/gu, '');

class GatewayRefused extends Error {}

async function sendByGateway(message: TextMessage, id: string, { settings, secret }: StoredTextSettings) {
  const { url, method, headers, body } = gatewayRequest(settings, {
    to: dialled(message.to),
    text: message.text,
    id,
    secret: secret ?? '',
  });
  const answer = await fetch(url, {
    method,
    headers,
    ...(body !== undefined && { body }),
    // A redirect could send the secret to another server.
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new GatewayRefused(`The gateway answered ${answer.status}.`);
  return { state: 'accepted' as const, answer: `HTTP ${answer.status}`, file: null };
}

async function keepInOutbox(message: TextMessage, id: string, folder: string) {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = `${id}.txt`;
  await writeFile(join(folder, file), `${message.text}\n`, { mode: 0o600, flag: 'wx' });
  await chmod(join(folder, file), 0o600);
  return { state: 'kept-in-outbox' as const, answer: null, file };
}

const failureAnswer = (thrown: unknown): string => {
  if (thrown instanceof GatewayRefused) return thrown.message;
  const timeout = thrown instanceof Error && thrown.name === 'TimeoutError';
  return timeout ? 'The gateway did not answer in time.' : 'The gateway could not be reached.';
};

interface Collaborators {
  readonly store: Store;
  readonly settings: TextSettingsStore;
  readonly outboxFolder: string;
  readonly now: () => number;
}

/** Sends texts to the gateway or keeps them in the outbox, as the settings say, and records the outcome of each. */
export function createTextSender({ store, settings, outboxFolder, now }: Collaborators): TextSender {
  return {
    send: async (message, textId = randomUUID()) => {
      const { kind, to, accountId, caseId } = message;
      // Unaudited: the outcome is recorded below.
      await store.writeUnaudited((tx) =>
        tx
          .insertInto('text_messages')
          .values({
            id: textId,
            kind,
            to_number: to,
            account_id: accountId,
            case_id: caseId,
            state: 'sending',
            queued_at: now(),
            settled_at: null,
            answer: null,
            file: null,
          })
          .execute(),
      );
      const stored = await settings.read();
      const way =
        stored.settings.transport === 'gateway'
          ? sendByGateway(message, textId, stored)
          : keepInOutbox(message, textId, outboxFolder);
      const sent = await way.catch((thrown: unknown) => ({
        state: 'failed' as const,
        answer: failureAnswer(thrown),
        file: null,
      }));
      await store.change(systemOrigin, async (tx, record) => {
        await tx
          .updateTable('text_messages')
          .set({ state: sent.state, answer: sent.answer, file: sent.file, settled_at: now() })
          .where('id', '=', textId)
          .execute();
        await record({
          action: `text.${sent.state}`,
          outcome: sent.state === 'failed' ? 'failed' : 'done',
          accountId,
          caseId,
          facts: { kind, text: textId },
        });
      });
      return { textId, state: sent.state, answer: sent.answer };
    },
  };
}
