/** Texts of the window around the screens: rail, banners, notices and keyboard shortcuts. */
export const shellTexts = {
  rail: 'Main',
  top: 'Search and session',
  desk: 'Desk',
  cases: 'Cases',
  queue: 'Queue',
  queueCount: 'Queue, {{count}} waiting',
  changesCount_one: 'Settings, {{count}} change waiting',
  changesCount_other: 'Settings, {{count}} changes waiting',
  audit: 'Audit log',
  practise: 'Practise',
  outbox: 'Outbox',
  accounts: 'Accounts',
  import: 'Import',
  requiredResets: 'Required resets',
  settings: 'Settings',
  operator: 'Signed in as {{name}}',
  lock: 'Lock',
  signOut: 'Sign out',
  loginPage: 'Open the users’ sign-in page',
  keys: 'Keyboard shortcuts',
  closeKeys: 'Close the keyboard shortcuts',
  connection: {
    connected: 'Connected',
    slow: 'Server is slow',
    offline: 'No connection',
  },
  banner: {
    offline:
      'No connection to the server. What you typed is kept, and the console continues when the server responds.',
    restarting: 'The backend on this computer stopped and is restarting.',
    failed: 'The backend on this computer stopped and could not be restarted.',
    restart: 'Restart the backend',
  },
  link: {
    account: 'Another program wants to open the account “{{text}}”.',
    call: 'A call from {{text}}.',
    approval: 'Another program wants to open the approval request of case {{number}}.',
    forApprovers: 'A link leads to the approval request of case {{number}}. Only approvers can open it.',
    open: 'Leave this screen and open it',
  },
  broken: { title: 'This page could not be displayed', again: 'Try again' },
  unsaved: {
    title: 'Leave without saving?',
    text: 'You have unsaved changes: {{forms}}.',
    stay: 'Keep editing',
    discard: 'Discard changes',
  },
  notRemembered: 'You will not stay signed in: {{why}}',
  dismiss: 'Dismiss',
  notices: {
    label: 'Notices about this console',
    'page-failed':
      'The window failed and was reloaded. Your cases are kept. Check the last step before you repeat it.',
    'settings-damaged':
      'The settings of this computer were damaged, so the console starts with the defaults. Choose your server again. The damaged file was kept as {{detail}}.',
    'settings-newer':
      'The settings of this computer were written by a newer version, so the console starts with the defaults. Update the console, or choose your server again. The file was kept as {{detail}}.',
    'settings-unreadable':
      'The settings of this computer could not be read ({{detail}}), so the console uses the defaults and saves no settings. Ask your administrator to repair settings.json, then start the console again.',
    'settings-unwritable':
      'The settings of this computer cannot be saved ({{detail}}). They are kept until you close the console. Free space on the drive, or ask your administrator.',
    'keychain-lost':
      'The keychain of this computer is locked or missing, so you will have to sign in again at the next start. If you unlock it, the console uses it again within a minute.',
    'server-newer':
      'The server is newer than this console. Entries that this console does not know are not shown. Update the console.',
    'update-available': 'Version {{detail}} of Reset Desk is available. See Settings, Updates.',
    'update-ready':
      'Version {{detail}} of Reset Desk is ready. It starts the next time that you start the console. To restart now, see Settings, Updates.',
    'graphics-failed':
      'The graphics of this computer keep failing. From its next start on, the console does not use the graphics hardware. Restart it when you have no caller.',
  },
  keyList: {
    'Ctrl/Cmd K': 'Search',
    Tab: 'Go to the filters of the search',
    Delete: 'Remove a filter',
    'Ctrl/Cmd 1 … 9': 'Go to one of your open cases',
    'G, then a letter':
      'Go to a screen: D desk, Q queue, C cases, P practise, L audit log, O outbox, R required resets, A accounts, I import, S settings',
    Enter: 'Open the first result, or take the next step of a case',
    '1 … 9': 'Choose a check',
    Space: 'Show the temporary password while held',
    C: 'Copy the temporary password',
    S: 'Read out the temporary password',
    '← →': 'Go to the previous or next word of the temporary password',
    R: 'Refuse',
    L: 'Unlock a locked account',
    O: 'Reset the person’s account in another directory as well',
    U: 'Show contact data',
    P: 'Prove who you are to the caller',
    Esc: 'Go back one step',
    '?': 'Show the keyboard shortcuts',
  },
} as const;
