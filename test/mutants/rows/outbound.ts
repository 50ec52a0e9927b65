import type { MutantArea } from '../mutant.ts';

const client = ['backend/outbound/http-client.test.ts'];
const authority = ['test/api/outbound/own-authority.test.ts'];
const settings = ['test/api/outbound/trust-settings.test.ts'];

export const rows: MutantArea = {
  area: 'outbound',
  mutants: [
    {
      id: 'outbound-endless-body',
      rule: 'The body of an answer has a limit.',
      file: 'backend/outbound/http-client.ts',
      find: 'maxResponseSize: statusOnly ? -1 : maxBytes,',
      replace: 'maxResponseSize: -1,',
      tests: client,
    },
    {
      id: 'outbound-whole-time',
      rule: 'An exchange ends after its whole time, also while bytes arrive.',
      file: 'backend/outbound/deadline.ts',
      find: 'controller.abort(new DeadlineError(milliseconds));',
      replace: 'void milliseconds;',
      tests: client,
    },
    {
      id: 'outbound-caller',
      rule: 'An exchange ends with the signal of its caller.',
      file: 'backend/outbound/deadline.ts',
      find: "outer?.addEventListener('abort', stop);",
      replace: '',
      tests: ['backend/outbound/deadline.test.ts'],
    },
    {
      id: 'outbound-metadata',
      rule: 'The backend connects to no link-local address.',
      file: 'backend/outbound/reachable-address.ts',
      find: "'linkLocal', 'unspecified'",
      replace: "'unspecified'",
      tests: client,
    },
    {
      id: 'outbound-mapped',
      rule: 'An IPv4 address inside an IPv6 address counts as the former.',
      file: 'backend/outbound/reachable-address.ts',
      find: 'ipaddr.process(address).range()',
      replace: 'ipaddr.parse(address).range()',
      tests: client,
    },
    {
      id: 'outbound-redirect',
      rule: 'The HTTP client follows no redirect.',
      file: 'backend/outbound/http-client.ts',
      find: "redirect: 'manual'",
      replace: "redirect: 'follow'",
      tests: client,
    },
    {
      id: 'outbound-authority',
      rule: 'Stored authorities are trusted.',
      file: 'backend/outbound/trust.ts',
      find: "...(authorities.trim() === '' ? [] : [authorities])",
      replace: '...[]',
      tests: authority,
    },
    {
      id: 'outbound-client-certificate',
      rule: 'The client certificate is shown to a server that asks for one.',
      file: 'backend/outbound/trust.ts',
      find: '...(client && { cert: client.certificate, key: client.key.expose() }),',
      replace: '',
      tests: authority,
    },
    {
      id: 'outbound-mail-trust',
      rule: 'Mail uses the stored trust.',
      file: 'backend/messaging/mail/send-mail.ts',
      find: 'tls: { secureContext: secureContextOf(trust) },',
      replace: '',
      tests: authority,
    },
    {
      id: 'outbound-foreign-key',
      rule: 'The key must belong to the client certificate.',
      file: 'backend/outbound/trust-settings.ts',
      find: 'if (own !== undefined && key !== null && !belongsTo(own, key))',
      replace: 'if (own === null)',
      tests: settings,
    },
    {
      id: 'outbound-key-leaves',
      rule: 'The key goes with its certificate.',
      file: 'backend/outbound/trust-settings.ts',
      find: '{ elsewhere: own === undefined }',
      replace: '{ elsewhere: false }',
      tests: settings,
    },
    {
      id: 'outbound-key-as-authority',
      rule: 'A private key is not taken as a certificate.',
      file: 'backend/outbound/certificates.ts',
      find: 'if (/PRIVATE KEY-----/.test(text))',
      replace: 'if (text === null)',
      tests: settings,
    },
  ],
};
