import type { ManagedName, managedProblemKinds } from '../../../shared/managed/managed-settings.ts';

const names = {
  ServerUrl: 'Server',
  ServerLocked: 'Server locked',
  SignIn: 'Sign-in',
  IdleLockSeconds: 'Lock when idle',
  DeepLinks: 'Links from other programs',
  Autostart: 'Start with the computer',
  Tray: 'Icon in the tray',
  UpdateMode: 'Updates',
  UpdateChannel: 'Update channel',
  UpdateFeedUrl: 'Update server',
  ColorScheme: 'Colours',
  SpellingLanguage: 'Spelling language',
} as const satisfies Record<ManagedName, string>;

/** What each setting can be, after “It must be”. */
const expected = {
  ServerUrl: 'an address such as https://reset.example.com',
  ServerLocked: 'true or false',
  SignIn: '“any”, “password” or “provider”',
  IdleLockSeconds: 'a whole number from 30 to 86400',
  DeepLinks: 'true or false',
  Autostart: 'true or false',
  Tray: 'true or false',
  UpdateMode: '“off”, “notify” or “automatic”',
  UpdateChannel: '“stable” or “beta”',
  UpdateFeedUrl: 'an address such as https://updates.example.com/reset-desk',
  ColorScheme: '“system”, “light” or “dark”',
  SpellingLanguage: '“en”, “de” or “fr”',
} as const satisfies Record<ManagedName, string>;

/** Texts of what the organisation manages on this computer. */
export const managedTexts = {
  title: 'Managed settings',
  note: 'Managed by your organisation',
  on: 'On',
  off: 'Off',
  seconds: 'After at most {{seconds}} seconds',
  places: 'Set in {{places}}. Changes apply when the console starts again.',
  locked:
    'Your organisation has locked the choice of a server, but no valid address is set. Ask your administrator.',
  noProvider:
    'Your organisation lets you sign in only with an identity provider, but this server has none. Ask your administrator.',
  names,
  values: {
    SignIn: {
      any: 'By password or identity provider',
      password: 'By password only',
      provider: 'By identity provider only',
    },
    UpdateMode: { off: 'Off', notify: 'Announce new versions', automatic: 'Install when the console quits' },
    UpdateChannel: { stable: 'Stable', beta: 'Beta' },
    ColorScheme: { system: 'Same as system', light: 'Light', dark: 'Dark' },
  },
  expected,
  problems: {
    title: 'Some managed settings are not used',
    invalid: '{{setting}} in {{place}} is ignored. It must be {{expected}}.',
    unknown: '{{setting}} in {{place}} is ignored. This version has no such setting.',
    'no-server': 'ServerLocked is set in {{place}}, but ServerUrl has no valid address.',
    unreadable:
      '{{place}} cannot be read, so nothing in it is used. Ask your administrator to check its permissions.',
    'not-json':
      '{{place}} is not a JSON object, so nothing in it is used. Ask your administrator to correct it.',
    'not-root':
      '{{place}} or its folder does not belong to root, so nothing in it is used. Ask your administrator to change its owner.',
    writable:
      'Users other than root can change {{place}} or its folder, so nothing in it is used. Ask your administrator to correct the permissions.',
  } satisfies Record<(typeof managedProblemKinds)[number] | 'title', string>,
} as const;
