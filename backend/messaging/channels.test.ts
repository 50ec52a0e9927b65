import { describe, expect, it } from 'vitest';
import type { MailSettings } from '../../shared/api/mail.ts';
import type { TextSettings } from '../../shared/api/text.ts';
import type { Right } from '../../shared/api/operator.ts';
import { createChannelHealth } from './channel-health.ts';
import { createChannels, failingForMs, type ChannelReader } from './channels.ts';
import { isServerFault } from './mail/attempt-failure.ts';

const clock = { at: 1_000_000 };
const now = () => clock.at;
const mail: MailSettings = {
  transport: 'smtp',
  host: 'mail.example.com',
  port: 587,
  security: 'starttls',
  userName: 'desk',
  from: 'desk@example.com',
};
const text: TextSettings = {
  transport: 'gateway',
  method: 'POST',
  url: 'https://sms.example.com',
  headers: [{ name: 'Authorization', value: 'Bearer {{secret}}' }],
  bodyFormat: 'json',
  body: '{}',
  accepted: { when: 'status' },
  country: '',
};
const reads = (...rights: Right[]): ChannelReader => ({ rights: new Set(rights) });
const administrator = reads('cases.work', 'outbox.read');
const operator = reads('cases.work');

const channelsOf = ({
  mode = 'server' as 'server' | 'embedded',
  transport = 'external' as 'external' | 'outbox',
  secret = 'secret' as string | null,
  host = 'mail.example.com',
  publicUrl = 'https://desk.example.com',
} = {}) => {
  const health = createChannelHealth(now);
  const channels = createChannels({
    mail: {
      read: () =>
        Promise.resolve({
          settings: { ...mail, host, transport: transport === 'external' ? 'smtp' : 'outbox' },
          password: secret,
        }),
    },
    texts: {
      read: () =>
        Promise.resolve({
          settings: {
            ...text,
            url: host === '' ? '' : text.url,
            transport: transport === 'external' ? 'gateway' : 'outbox',
          },
          secret,
        }),
    },
    health,
    mode,
    publicUrl: () => publicUrl,
    now,
  });
  return { health, channels };
};

describe.each(['mail', 'text'] as const)('the channel %s', (channel) => {
  const readers: Readonly<Record<string, ChannelReader>> = { user: 'user', administrator, operator };
  it.each([
    ['server', 'outbox', 'user', 'channel-not-set-up'],
    ['server', 'outbox', 'administrator', 'channel-not-set-up'],
    ['server', 'outbox', 'operator', 'channel-not-set-up'],
    ['embedded', 'outbox', 'user', null],
    ['embedded', 'outbox', 'administrator', null],
    ['embedded', 'outbox', 'operator', 'channel-not-set-up'],
    ['server', 'external', 'user', null],
    ['server', 'external', 'operator', null],
    ['embedded', 'external', 'operator', null],
  ] as const)(
    'in mode %s with %s has, for the %s, the obstacle %s',
    async (mode, transport, reader, reason) => {
      const { channels } = channelsOf({ mode, transport });
      const obstacle = await channels.obstacle(channel, readers[reader] ?? 'user');
      expect(obstacle?.reason ?? null).toBe(reason);
    },
  );

  it.each([{ secret: null }, { host: '' }])('with incomplete settings %o is not set up', async (given) => {
    const { channels } = channelsOf(given);
    expect((await channels.obstacle(channel, operator))?.reason).toBe('channel-not-set-up');
    expect((await channels.deliversExternally())[channel]).toBe(false);
  });

  it('that fails is offered again after a while', async () => {
    const { channels, health } = channelsOf();
    health.failed(channel, 'No answer');
    clock.at += 1000;
    health.failed(channel, 'No answer');
    expect(await channels.obstacle(channel, operator)).toEqual({
      reason: 'channel-failing',
      since: clock.at - 1000,
      until: clock.at + failingForMs,
    });
    clock.at += failingForMs;
    expect(await channels.obstacle(channel, operator)).toBeNull();
  });

  it('that failed once is offered again', async () => {
    const { channels, health } = channelsOf();
    health.failed(channel, 'No answer');
    expect(await channels.obstacle(channel, operator)).toBeNull();
  });

  it('that works again is offered at once', async () => {
    const { channels, health } = channelsOf();
    health.failed(channel, 'No answer');
    health.failed(channel, 'No answer');
    health.worked(channel);
    expect(await channels.obstacle(channel, operator)).toBeNull();
  });

  it('says nothing about the other channel', async () => {
    const { channels, health } = channelsOf();
    for (let count = 0; count < 3; count += 1)
      health.failed(channel === 'mail' ? 'text' : 'mail', 'No answer');
    expect(await channels.obstacle(channel, operator)).toBeNull();
  });
});

describe('a mailed link', () => {
  it.each([
    ['embedded', 'external', 'http://127.0.0.1:39793', 'address-unreachable'],
    ['embedded', 'external', 'https://desk.example.com', null],
    ['embedded', 'outbox', 'http://127.0.0.1:39793', null],
    ['server', 'external', 'http://127.0.0.1:8443', null],
    ['server', 'outbox', 'https://desk.example.com', 'channel-not-set-up'],
  ] as const)(
    'in mode %s with %s and the address %s has the obstacle %s',
    async (mode, transport, publicUrl, reason) => {
      const { channels } = channelsOf({ mode, transport, publicUrl });
      expect((await channels.obstacle('mailed-link', administrator))?.reason ?? null).toBe(reason);
      expect((await channels.obstacle('mail', administrator))?.reason ?? null).toBe(
        reason === 'address-unreachable' ? null : reason,
      );
    },
  );

  it.each(['127.0.0.1', 'localhost', '::1'])(
    'by a relay on this computer, at %s, leads where the public address leads',
    async (host) => {
      const obstacleAt = async (publicUrl: string) =>
        channelsOf({ mode: 'embedded', publicUrl, host }).channels.obstacle('mailed-link', administrator);
      expect((await obstacleAt('http://127.0.0.1:39793'))?.reason).toBe('address-unreachable');
      expect((await obstacleAt('http://desk.localhost:39793'))?.reason).toBe('address-unreachable');
      expect(await obstacleAt('https://desk.example.com')).toBeNull();
    },
  );
});

describe('a failure of a mail', () => {
  const failure = (facts: object) => Object.assign(new Error('refused'), facts);
  it.each([
    ['no connection', failure({ code: 'ECONNREFUSED' }), true],
    ['a wrong password', failure({ responseCode: 535, command: 'AUTH PLAIN' }), true],
    ['a sender that is not taken', failure({ responseCode: 553, command: 'MAIL FROM' }), true],
    ['a busy server', failure({ responseCode: 421, command: 'CONN' }), true],
    ['an unknown recipient', failure({ responseCode: 550, command: 'RCPT TO' }), false],
    ['greylisting', failure({ responseCode: 451, command: 'RCPT TO' }), false],
    ['a mail that is taken for spam', failure({ responseCode: 554, command: 'DATA' }), false],
  ])('by %s is the server’s fault: %s', (_name, thrown, expected) => {
    expect(isServerFault(thrown)).toBe(expected);
  });
});
