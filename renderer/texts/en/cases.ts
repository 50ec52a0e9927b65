/** Words of the list of cases. */
export const casesTexts = {
  title: 'Cases',
  whose: 'Whose cases',
  own: 'My cases',
  all: 'All cases',
  older: 'Older cases',
  loading: 'Reading cases',
  empty: 'No cases yet. Search for the caller’s account to open one.',
  columns: {
    number: 'Case',
    account: 'Account',
    operator: 'Operator',
    ticket: 'Ticket',
    opened: 'Opened',
    result: 'Result',
  },
  open: 'Open case {{number}}, {{name}}',
  noTicket: 'none',
  results: {
    none: 'No reset',
    verified: 'Verified',
    'temporary-password': 'Temporary password',
    'reset-link': 'Reset link',
    refused: 'Refused',
    expired: 'Expired',
    unknown: 'Outcome not known',
  },
} as const;
