import { createHmac } from 'node:crypto';
import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { rootCertificates } from 'node:tls';
import type { WebhookSettings } from '../../../shared/api/audit-stream.ts';
import { eventLine } from '../export/json-lines.ts';
import { timeoutMs, type Send } from './sender.ts';

/** HMAC-SHA-256 in hex over the time in seconds, a dot and the body. The time lets a receiver reject replays. */
export const webhookSignature = (secret: string, seconds: number, body: string): string =>
  createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');

/** Posts batches as JSON. Any status other than 2xx means that the receiver accepted nothing. Does not follow redirects. */
export function createWebhookSender(
  { url, authority }: WebhookSettings,
  secret: string,
  { version, now }: { version: string; now: () => number },
): Send {
  return (events, signal) =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify({
        product: `Reset Desk ${version}`,
        from: events[0]?.seq ?? 0,
        to: events.at(-1)?.seq ?? 0,
        events: events.map(eventLine),
      });
      const seconds = Math.floor(now() / 1000);
      const tls = new URL(url).protocol === 'https:';
      const sent = (tls ? requestTls : requestPlain)(url, {
        method: 'POST',
        agent: false,
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
        ...(tls && authority.trim() !== '' && { ca: [...rootCertificates, authority] }),
        headers: {
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(body),
          'User-Agent': `Reset Desk ${version}`,
          'Reset-Desk-Signature': `t=${seconds},v1=${webhookSignature(secret, seconds, body)}`,
        },
      });
      sent.once('error', reject);
      sent.once('response', (answer) => {
        const { statusCode = 0 } = answer;
        answer.once('error', reject);
        answer.once('aborted', () => reject(new Error('The answer was cut off.')));
        answer.once('end', () => {
          if (statusCode >= 200 && statusCode < 300) resolve();
          else reject(new Error(`The receiver answered ${statusCode}.`));
        });
        answer.resume();
      });
      sent.end(body);
    });
}
