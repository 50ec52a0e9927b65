import { describe, expect, it } from 'vitest';
import { addressesOf } from './cloud-addresses.ts';

describe('the addresses of Microsoft Entra ID', () => {
  it.each([
    ['global', 'https://login.microsoftonline.com', 'https://graph.microsoft.com'],
    ['us-government', 'https://login.microsoftonline.us', 'https://graph.microsoft.us'],
    ['us-government-dod', 'https://login.microsoftonline.us', 'https://dod-graph.microsoft.us'],
    ['china', 'https://login.partner.microsoftonline.cn', 'https://microsoftgraph.chinacloudapi.cn'],
  ] as const)('follow from the cloud “%s”', (cloud, signIn, graph) => {
    expect(addressesOf({ cloud, signInUrl: '', graphUrl: '' })).toEqual({ signIn, graph });
  });

  it('are those of the settings without a trailing slash', () => {
    expect(addressesOf({ cloud: 'global', signInUrl: '', graphUrl: 'https://graph.example.com/' })).toEqual({
      signIn: 'https://login.microsoftonline.com',
      graph: 'https://graph.example.com',
    });
  });
});
