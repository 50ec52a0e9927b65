import type { TextSettings } from '../../../shared/api/text.ts';

/** The settings that a preset fills in; the secret and the parts in capitals are the administrator's own. */
export type GatewayPreset = Pick<
  TextSettings,
  'method' | 'url' | 'headers' | 'bodyFormat' | 'body' | 'accepted'
>;

/** Gateways by their product's name, as their documentation describes the request. */
export const gatewayPresets: Readonly<Record<'Kannel' | 'MessageBird' | 'Twilio' | 'Vonage', GatewayPreset>> =
  {
    Kannel: {
      method: 'GET',
      url: 'http://127.0.0.1:13013/cgi-bin/sendsms?username=USER&password={{secret}}&to={{to}}&charset=UTF-8&coding=2&text={{text}}',
      headers: [],
      bodyFormat: 'none',
      body: '',
      accepted: { when: 'status' },
    },
    MessageBird: {
      method: 'POST',
      url: 'https://rest.messagebird.com/messages',
      headers: [{ name: 'Authorization', value: 'AccessKey {{secret}}' }],
      bodyFormat: 'json',
      body: '{ "originator": "SENDER", "recipients": ["{{to}}"], "datacoding": "auto", "body": "{{text}}" }',
      accepted: { when: 'status' },
    },
    // The secret is `ACCOUNT_SID:AUTH_TOKEN`.
    Twilio: {
      method: 'POST',
      url: 'https://api.twilio.com/2010-04-01/Accounts/ACCOUNT_SID/Messages.json',
      headers: [{ name: 'Authorization', value: 'Basic {{secretBase64}}' }],
      bodyFormat: 'form',
      body: 'From=SENDER&To={{to}}&Body={{text}}',
      accepted: { when: 'status' },
    },
    // Answers 200 to a refused text as well.
    Vonage: {
      method: 'POST',
      url: 'https://rest.nexmo.com/sms/json',
      headers: [],
      bodyFormat: 'form',
      body: 'api_key=KEY&api_secret={{secret}}&from=SENDER&to={{toDigits}}&type=unicode&text={{text}}',
      accepted: { when: 'json', path: 'messages.0.status', value: '0' },
    },
  };
