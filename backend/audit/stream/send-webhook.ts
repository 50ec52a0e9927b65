import { createHmac } from 'node:crypto';
import type { WebhookSettings } from '../../../shared/api/audit-stream.ts';
import type { HttpClient } from '../../outbound/http-client.ts';
import { checkpointLine, eventLine } from '../export/json-lines.ts';
import { timeoutMs, type Send } from './sender.ts';

/** HMAC-SHA-256 in hex over the time in seconds, a dot and the body. The time lets a receiver reject replays. */
export const webhookSignature = (secret: string, seconds: number, body: string): string =>
  createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');

/** Bytes that are read of an answer, whose body is ignored. */
const maxBytes = 64 * 1024;

/** Posts batches as JSON. Any status other than 2xx means that the receiver accepted nothing. Does not follow redirects. */
export function createWebhookSender(
  { url }: WebhookSettings,
  secret: string,
  { http, version, now }: { http: HttpClient; version: string; now: () => number },
): Send {
  return async ({ events, checkpoint }, signal) => {
    const body = JSON.stringify({
      product: `Reset Desk ${version}`,
      from: events[0]?.seq ?? 0,
      to: events.at(-1)?.seq ?? 0,
      events: events.map(eventLine),
      checkpoint: checkpoint === null ? null : checkpointLine(checkpoint),
    });
    const seconds = Math.floor(now() / 1000);
    const { status } = await http.request(url, {
      method: 'POST',
      body,
      signal,
      timeoutMs,
      maxBytes,
      statusOnly: true,
      headers: {
        'content-type': 'application/json',
        'user-agent': `Reset Desk ${version}`,
        'reset-desk-signature': `t=${seconds},v1=${webhookSignature(secret, seconds, body)}`,
      },
    });
    if (status < 200 || status > 299) throw new Error(`The receiver answered ${status}.`);
  };
}
