import { randomUUID } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { textKinds } from '../../../shared/api/text.ts';
import { connectionFailure } from '../../outbound/connection-failure.ts';
import type { HttpClient } from '../../outbound/http-client.ts';
import type { Store } from '../../store/store.ts';
import type { ChannelHealth } from '../channel-health.ts';
import { dialledNumber, UnknownNumberError } from './dialled-number.ts';
import { refusalIn } from './gateway-answer.ts';
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
  /** The gateway's status code; its body only for a test, because some gateways repeat the text in it. */
  readonly answer: string | null;
}

/** Sends text messages and returns the gateway's answer. Does not throw if a text cannot be sent. */
export interface TextSender {
  send(message: TextMessage, textId?: string): Promise<TextOutcome>;
}

/** Milliseconds; short, since a caller is waiting on the phone. */
const timeoutMs = 10_000;

class GatewayRefused extends Error {
  /** The gateway's HTTP status; null if no request was made. */
  readonly status: number | null;
  constructor(message: string, status: number | null = null) {
    super(message);
    this.status = status;
  }
}

/** Answers that say nothing about the number or the text: wrong credentials, no credit, a wrong address, too many requests. */
const faultStatuses: ReadonlySet<number> = new Set([401, 402, 403, 404, 405, 429]);

/** Whether the gateway itself is at fault, so that the next text would fail as well. */
function isGatewayFault(thrown: unknown): boolean {
  if (thrown instanceof UnknownNumberError) return false;
  if (!(thrown instanceof GatewayRefused)) return true;
  return thrown.status === null || thrown.status >= 500 || faultStatuses.has(thrown.status);
}

/** Bytes of a gateway's answer. */
const maxBytes = 64 * 1024;

/**
 * Sends the text and judges the gateway's answer by the settings. The error contains the gateway's own text only for a test, since some gateways
 * repeat the message, which may contain a code.
 */
async function sendByGateway(
  message: TextMessage,
  id: string,
  { settings, secret }: StoredTextSettings,
  http: HttpClient,
) {
  if (secret === null && JSON.stringify(settings).includes('{{secret}}'))
    throw new GatewayRefused('The secret of the gateway is not stored. Enter it again in the settings.');
  const to = await dialledNumber(message.to, settings.country);
  const request = gatewayRequest(settings, {
    to,
    toDigits: to.replaceAll(/\D/g, ''),
    text: message.text,
    id,
    secret: secret ?? '',
    secretBase64: Buffer.from(secret ?? '').toString('base64'),
  });
  const answer = await http.request(request.url, { ...request, timeoutMs, maxBytes });
  const body = answer.body.toString('utf8');
  const refusal = refusalIn({ status: answer.status, body }, settings.accepted);
  if (refusal !== null) {
    const said = message.kind === 'test' ? quote(body, secret) : '';
    throw new GatewayRefused(said === '' ? refusal : `${refusal} It said: ${said}`, answer.status);
  }
  return { state: 'accepted' as const, answer: `HTTP ${answer.status}`, file: null };
}

/** The beginning of a gateway's answer on one line, without the secret. */
function quote(body: string, secret: string | null): string {
  const hidden = [secret ?? '', Buffer.from(secret ?? '').toString('base64')].filter((text) => text !== '');
  return hidden
    .reduce((text, found) => text.replaceAll(found, '[secret]'), body)
    .replaceAll(/<[^>]*>|\s+/g, ' ')
    .trim()
    .slice(0, 200);
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
  if (thrown instanceof UnknownNumberError) return thrown.message;
  return connectionFailure(thrown) ?? 'The gateway could not be reached.';
};

interface Collaborators {
  readonly store: Store;
  readonly settings: TextSettingsStore;
  readonly http: HttpClient;
  /** Receives the result of every attempt, to track whether the gateway works. */
  readonly health: ChannelHealth;
  readonly outboxFolder: string;
  readonly now: () => number;
}

/** Sends texts to the gateway or keeps them in the outbox, as the settings say, and records the outcome of each. */
export function createTextSender({
  store,
  settings,
  http,
  health,
  outboxFolder,
  now,
}: Collaborators): TextSender {
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
          ? sendByGateway(message, textId, stored, http)
          : keepInOutbox(message, textId, outboxFolder);
      const sent = await way.catch((thrown: unknown) => {
        const answer = failureAnswer(thrown);
        if (isGatewayFault(thrown)) health.failed('text', answer);
        return { state: 'failed' as const, answer, file: null };
      });
      if (sent.state === 'accepted') health.worked('text');
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
