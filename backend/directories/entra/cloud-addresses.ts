import type { EntraCloud, EntraSettings } from '../../../shared/api/directory-settings.ts';

interface Addresses {
  /** The origin of the application's sign-in. */
  readonly signIn: string;
  /** The origin of Microsoft Graph. */
  readonly graph: string;
}

const clouds: Readonly<Record<EntraCloud, Addresses>> = {
  global: { signIn: 'https://login.microsoftonline.com', graph: 'https://graph.microsoft.com' },
  'us-government': { signIn: 'https://login.microsoftonline.us', graph: 'https://graph.microsoft.us' },
  'us-government-dod': {
    signIn: 'https://login.microsoftonline.us',
    graph: 'https://dod-graph.microsoft.us',
  },
  china: {
    signIn: 'https://login.partner.microsoftonline.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
  },
};

/** The addresses of the cloud in the settings, or the addresses that override them. Without a trailing slash. */
export function addressesOf({
  cloud,
  signInUrl,
  graphUrl,
}: Pick<EntraSettings, 'cloud' | 'signInUrl' | 'graphUrl'>): Addresses {
  const { signIn, graph } = clouds[cloud];
  const or = (own: string, usual: string) => (own === '' ? usual : own.replace(/\/$/, ''));
  return { signIn: or(signInUrl, signIn), graph: or(graphUrl, graph) };
}
