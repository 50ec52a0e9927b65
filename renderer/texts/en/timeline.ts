import { auditActionTexts } from '../../../shared/texts/en/audit-actions.ts';

export const timelineTexts = {
  title: 'Timeline',
  empty: 'Nothing has happened to this account yet.',
  older: 'Show older entries',
  unfold_one: 'Show {{count}} more event',
  unfold_other: 'Show {{count}} more events',
  fold: 'Show the main events only',
  more: 'Older entries are in the audit log.',
  you: 'You',
  youInCase: 'you',
  system: 'Reset Desk',
  user: 'The user',
  case: 'Case {{number}}',
  actions: auditActionTexts,
  /** The same actions with the name of the check. */
  checks: {
    check_started: '{{check}} started',
    'check_number-shown': '{{check}}: number shown again',
    check_passed: '{{check}} passed',
    check_failed: '{{check}} failed',
    'check_wrong-code': '{{check}} wrong',
    check_expired: '{{check}} expired',
    check_locked: '{{check}} wrong too often, locked',
  },
  /** Accounts of one person. */
  builtIn: 'the built-in directory',
  linked: 'Linked with {{name}} in {{directory}} as the same person',
  unlinked: 'Unlinked from {{name}} in {{directory}}: not the same person',
  continuedElsewhere: 'Case about {{name}} in {{directory}} opened for the same person',
  evidenceTakenOver: 'Evidence taken over from case {{number}} about {{name}} in {{directory}}',
  /** A reset by link, after which the password is not set yet. */
  linkSent: 'Reset link sent',
  passGiven: 'One-time pass given',
  /** Marks a refused action whose text alone would say that it was done. */
  inVain: 'Refused: {{what}}',
  outcome: { refused: 'refused', failed: 'failed' },
} as const;
