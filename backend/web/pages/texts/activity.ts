import type { VisibleAction } from '../../../self-service/recent-activity.ts';

/** One sentence for each event that the account's owner may see. */
export const activity: Readonly<Record<VisibleAction, string>> = {
  'account.signed-in': 'You signed in.',
  'account.sign-in-failed': 'A sign-in attempt failed.',
  'account.signed-out': 'You signed out.',
  'account.locked': 'Your account was locked temporarily after several wrong passwords or codes.',
  'account.password-changed': 'A new password was set.',
  'account.details-changed': 'Your name, manager, department or other account data was changed.',
  'account.contact-changed': 'Your email address or phone number was changed.',
  'account.recovery-address-added': 'A recovery address was added.',
  'account.recovery-address-removed': 'A recovery address was removed.',
  'account.contact-change-held':
    'A change to your contact data was put on hold because the help desk had just reset your password.',
  'account.second-factor-change-held':
    'A change to your sign-in methods was put on hold because the help desk had just reset your password.',
  'own-change.asked': 'A verification code was sent to a new address or number.',
  'own-change.approved': 'The help desk approved a change that was on hold.',
  'own-change.denied': 'The help desk rejected a change that was on hold.',
  'own-change.lapsed': 'A change on hold was cancelled because the help desk did not approve it in time.',
  'own-change.withdrawn': 'A change was cancelled.',
  'account.frozen': 'Your account was frozen.',
  'account.linked-frozen': 'You were signed out, because another account of yours was frozen.',
  'account.unfrozen': 'The help desk unfroze your account.',
  'account.authenticator-enrolled': 'An authenticator app was set up.',
  'account.authenticator-removed': 'The authenticator app was removed.',
  'account.recovery-codes-created': 'New recovery codes were created.',
  'account.security-questions-set': 'The security questions were changed.',
  'account.contact-unmasked': 'The help desk viewed your email address and phone number.',
  'case.opened': 'Someone contacted the help desk about your account.',
  'case.refused': 'The help desk turned away a caller whose identity could not be verified.',
  'check.passed': 'The help desk verified the caller.',
  'check.failed': 'A caller failed a help desk identity check.',
  'reset.done': 'The help desk reset your password.',
  'reset-link.issued': 'A reset link was sent to your address.',
  'reset-link.fetched': 'The address of a reset link was fetched, by you or by a mail filter.',
  // Recorded before fetching and opening a link were separate events.
  'reset-link.opened': 'The address of a reset link was fetched, by you or by a mail filter.',
  'reset-link.used': 'A new password was set with a reset link.',
  'self-service.link-requested': 'A reset link was requested on the sign-in page.',
  'self-service.session-ended': 'You signed out other devices.',
};
