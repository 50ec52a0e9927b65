/** Words of the settings. */
export const settingsTexts = {
  title: 'Settings', loading: 'Reading settings', save: 'Save', saved: 'Saved.',
  appearance: { title: 'Appearance', label: 'Colours', system: 'As the system', light: 'Light', dark: 'Dark' },
  mail: { title: 'Mail', transport: 'How mail leaves', outbox: 'Keep in the outbox', smtp: 'Mail server (SMTP)', host: 'Host', port: 'Port', security: 'Encryption', starttls: 'STARTTLS', tls: 'TLS', none: 'None', userName: 'User name', password: 'Password', passwordStored: 'A password is stored. Leave empty to keep it.', from: 'Sender', fixed: 'Set by the server’s environment. It cannot be changed here.', test: 'Send test mail', testTo: 'Test mail to', accepted: 'The mail server has accepted the test mail.', 'kept-in-outbox': 'The test mail is kept in the outbox.' },
  policy: { title: 'Policy', version: 'Version {{version}}, in force since {{time}}', ticket: 'Ticket', reason: 'Reason', optional: 'Optional', required: 'Required', codeValid: 'Code valid for (minutes)', temporaryValid: 'Temporary password valid for (minutes)', linkValid: 'Reset link valid for (hours)', idle: 'Case ends without activity after (minutes)', standard: 'Points for standard', sensitive: 'Points for sensitive', privileged: 'Points for privileged' },
  server: { title: 'This server', disconnect: 'Disconnect', text: 'The console forgets this server and asks where to connect. Nothing is deleted.', confirm: 'Disconnect from this server?', cancel: 'Cancel' },
  diagnostics: { title: 'Diagnostics', copy: 'Copy diagnostics', copied: 'Copied. It holds no passwords and no personal data.' },
  keys: { title: 'Keys', list: { 'Ctrl K': 'Search', '1 … 9': 'Choose a check', Enter: 'Next action', Space: 'Show the password while held', C: 'Copy', S: 'Spell', U: 'Show contact data', R: 'Refuse', Esc: 'One step back', '?': 'All keys' } },
} as const;
