import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultPolicy, type PolicyDocument } from '../../shared/api/policy.ts';
import { browserOf, deskOf, linkFor } from '../backend/desk-call.ts';
import { startDeskWithSamples } from '../backend/desk-with-samples.ts';
import { startTestBackend } from '../backend/start-test-backend.ts';
import { startMailSink, type MailSink } from '../fixtures/mail-sink.ts';

const hour = 3_600_000;
const marlene = 'marlene.okafor@example.com';
const addressAt = (at: number) => `10.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}`;

describe('the limits of Forgot password?', () => {
  let sink: MailSink;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  let desk: ReturnType<typeof deskOf>;

  beforeEach(async () => {
    sink = await startMailSink();
    ({ backend, desk } = await startDeskWithSamples(sink.url, { trustProxy: 'loopback' }));
  });
  afterEach(async () => {
    await backend.stop();
    await sink.stop();
  });

  /** A browser whose requests claim to come from a computer. */
  const browserFrom = ({ ask }: Pick<typeof backend, 'ask'>, from: string) =>
    browserOf((method, path, form, headers) =>
      ask(method, path, form, { ...headers, 'x-forwarded-for': from }),
    );
  const forgot = (address: string, from = '10.0.0.1') =>
    browserFrom(backend, from).go('POST', '/forgot-password', { address });
  const putInForce = async (selfService: Partial<PolicyDocument['selfService']>, by = desk) => {
    const document = { ...defaultPolicy, selfService: { ...defaultPolicy.selfService, ...selfService } };
    const { body } = await by.call<{ version: number }>('GET', '/policy');
    return (await by.call('PUT', '/policy', { basedOn: body.version, document })).status;
  };
  /** Waits until every request was answered; returns how many were recorded as unknown, and whether any was slowed. */
  const outcomes = async (of: typeof backend) => {
    const open = async () =>
      (await of.readTable('password_requests')).filter((row) => row['answered_at'] === null);
    await expect.poll(open, { timeout: 20_000 }).toEqual([]);
    const events = await of.readAudit();
    return {
      unknown: events.filter(({ facts }) => facts.includes('unknown-address')).length,
      slowed: events.filter(
        ({ action, facts }) => action === 'self-service.link-request-slowed' && facts.includes('network'),
      ).length,
    };
  };

  it('bound what one network writes, whatever it claims to be unless a proxy is trusted', async () => {
    await putInForce({ perNetwork: 2 });
    for (let at = 0; at < 4; at += 1) expect((await forgot(`a${at}@example.com`)).status).toBe(200);
    expect(await outcomes(backend)).toEqual({ unknown: 2, slowed: 1 });
    expect((await forgot('a4@example.com', '10.0.0.2')).status).toBe(200);
    expect(await outcomes(backend)).toEqual({ unknown: 3, slowed: 1 });
    for (let at = 0; at < 3; at += 1)
      expect((await forgot(`b${at}@example.com`, `2001:db8:7:7:${at}::1`)).status).toBe(200);
    expect(await outcomes(backend)).toEqual({ unknown: 5, slowed: 2 });

    const alone = await startTestBackend(sink.url);
    const untrusted = deskOf(alone.ask, (await alone.setUp()).accessToken);
    await putInForce({ perNetwork: 2 }, untrusted);
    for (let at = 0; at < 3; at += 1) {
      await browserFrom(alone, addressAt(at)).go('POST', '/forgot-password', {
        address: `a${at}@example.com`,
      });
    }
    expect(await outcomes(alone)).toEqual({ unknown: 2, slowed: 1 });
    await alone.stop();
  });

  it('serve the colleagues behind an address that a stranger floods, with the same page for all', async () => {
    await putInForce({ perNetwork: 2 });
    const pages = new Set<string>();
    for (let at = 0; at < 6; at += 1) {
      const typed = `stranger${at}@example.com`;
      const { status, text } = await forgot(typed);
      pages.add(`${status} ${text.replaceAll(typed, 'typed')}`);
    }
    const { status, text } = await forgot(marlene);
    pages.add(`${status} ${text.replaceAll(marlene, 'typed')}`);
    expect(await linkFor(sink, marlene)).toMatch(/^\/reset\//);
    expect(pages.size).toBe(1);
  });

  it('bound the mails that one network causes, at twenty times its limit', async () => {
    await putInForce({ perNetwork: 1, perAddress: 100_000, perAccount: 1000 });
    for (let at = 0; at < 21; at += 1) await forgot(marlene);
    await outcomes(backend);
    const sent = (await backend.readAudit()).filter(({ action }) => action === 'reset-link.issued');
    expect(sent).toHaveLength(20);
    expect((await outcomes(backend)).slowed).toBe(1);
    backend.clock.at += hour + 1;
    await forgot(marlene);
    await outcomes(backend);
    expect((await backend.readAudit()).filter(({ action }) => action === 'reset-link.issued')).toHaveLength(
      21,
    );
  });

  it('set no limit to networks that the policy exempts', async () => {
    await putInForce({ perNetwork: 1, exemptNetworks: '192.0.2.0/24, 10.1.0.0/16' });
    for (let at = 0; at < 4; at += 1) await forgot(`a${at}@example.com`, '10.1.2.3');
    expect(await outcomes(backend)).toEqual({ unknown: 4, slowed: 0 });
    expect(await putInForce({ exemptNetworks: 'the office' })).toBe(400);
  });
});
