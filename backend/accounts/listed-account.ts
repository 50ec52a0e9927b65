/** The columns of accounts that lists for approvers need: to show the account, and to compare its owner with operators. */
export const listedAccountColumns = [
  'accounts.display_name',
  'accounts.user_name',
  'accounts.user_name_key',
  'accounts.email_key',
  'accounts.employee_number_key',
  'accounts.department',
  'accounts.tier',
  'accounts.directory',
] as const;
