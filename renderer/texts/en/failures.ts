import type { FailureCode } from '../../../shared/errors/codes.ts';

type Key<C extends string> = C extends `${infer Group}.${infer Name}` ? `${Group}_${Name}` : never;

const codes = {
  request_invalid: 'Some values are not valid. Correct the marked fields.',
  'request_too-large': 'This is too large to send. Shorten it.',
  'request_not-found': 'The server does not support this request. Update the console or the server.',
  'request_rate-limited': 'Too many requests. Wait a moment, then try again.',
  request_conflict: 'Something has changed in the meantime. Check it, then try again.',
  'setup_already-done': 'An administrator already exists. Sign in instead.',
  'setup_code-wrong': 'The setup code is wrong. The server prints it when it starts.',
  setup_required: 'The server has no administrator yet. Set it up first.',
  'session_password-wrong': 'The password is wrong. Check it and try again.',
  'session_credentials-wrong': 'The user name or the password is wrong. Check both and try again.',
  'session_operator-locked': 'Too many wrong tries. This operator is locked for a few minutes.',
  session_missing: 'You are signed out. Sign in again.',
  session_expired: 'Your session has ended. Sign in again; your work is kept on the server.',
  'session_idle-locked': 'The session was locked because it was idle. Enter your password.',
  'session_reauthentication-required': 'Confirm that it is you to continue.',
  'session_not-permitted': 'Your role or your scope does not allow this. Ask an administrator.',
  password_policy: 'The password does not meet the rules. Choose another.',
  'session_ticket-gone': 'The sign-in took too long. Start again with your password.',
  'session_code-wrong': 'The code was wrong. Enter the code that your authenticator shows now.',
  'session_code-replayed': 'This code was already used. Wait for the next one.',
  'session_not-found': 'This session has already ended.',
  'operator_not-found': 'This operator no longer exists.',
  'operator_same-person':
    'Another operator is the same person: they share an address, a user name or an account. Edit that operator instead.',
  'evidence-pack_timed-out': 'Making the PDF took too long. Save the evidence as JSON, or try again later.',
  'operator_name-confusable':
    'This name looks like the name of another operator. Choose one that cannot be mistaken.',
  'operator_user-name-taken': 'Another operator has this user name. Choose another.',
  'operator_last-administrator':
    'This is the last administrator. Make another operator an administrator first.',
  'operator_own-roles': 'You cannot change your own roles. Ask another administrator.',
  operator_self: 'You cannot do this to yourself. Ask another administrator.',
  'operator_not-invited': 'There is no link to revoke, or the operator has not joined yet.',
  'operator_no-email': 'This operator has no email address. Enter one first.',
  operator_disabled: 'Your operator account is disabled. Ask an administrator.',
  operator_removed: 'This operator was removed. Invite them again.',
  'operator_no-second-factor': 'Two-factor authentication is not set up yet.',
  'operator_not-linked': 'This operator is not linked to the identity provider or a directory.',
  'directory_method-kept':
    'The directory keeps this sign-in method. It may be the default one, or of a kind that cannot be removed here.',
  'directory_method-not-found':
    'The account does not have this sign-in method, or no longer has it. Nothing was removed. Load the list again.',
  'operator_last-local-administrator':
    'This is the last administrator with a password of Reset Desk, who can sign in while the directory does not answer. Make another operator with such a password an administrator first.',
  'operator_signs-in-with-directory':
    'This operator signs in with the password of their account in the directory. Change the password there, or unlink the operator first.',
  'directory-sign-in_off': 'Sign-in with a directory is not turned on. Turn it on in the settings first.',
  'directory-sign-in_no-account':
    'This operator has no account of their own in the directory, or another operator uses it. Edit the operator and choose their own account.',
  'directory-sign-in_no-local-administrator':
    'No administrator of all accounts has a password of Reset Desk. Keep one, who can sign in while the directory does not answer.',
  'directory-sign-in_unavailable':
    'The directory that checks the passwords does not answer. Try again in a minute. Administrators with a password of Reset Desk can still sign in.',
  'directory-sign-in_not-now': 'The password is right, but you cannot sign in with it now.',
  'directory-sign-in_no-role':
    'The password is right, but none of your groups in the directory has a role here. Ask an administrator.',
  'directory-sign-in_not-linked':
    'The password is right, but your directory account cannot become an operator. Ask an administrator.',
  provider_off: 'Sign-in with the identity provider is not set up. Sign in with your password.',
  provider_unavailable: 'The identity provider cannot be used now. Try again, or sign in with your password.',
  provider_refused: 'The identity provider’s response was not accepted. Start again.',
  'provider_unknown-operator':
    'No operator matches your identity provider account. Ask an administrator to add you.',
  'provider_no-role': 'Your identity provider account has no role here. Ask an administrator.',
  'account_not-found': 'This account no longer exists. Search again.',
  account_own: 'You cannot work on your own account. Ask a colleague.',
  'account_out-of-scope':
    'This account is outside your scope. Pass the caller to a colleague who has access to it.',
  'account_no-local-password': 'This account has no password here. Reset it in the directory that holds it.',
  account_disabled: 'The account is disabled. Enable it first.',
  account_expired: 'The account has expired. A reset is possible once the account is extended.',
  'account_not-started': 'This person has not started yet. A reset is possible from the first day on.',
  'account_not-linked':
    'The two accounts are not linked as one person. Find the other account by searching, and verify the caller again.',
  'account_link-not-found': 'These accounts are no longer linked.',
  'account_link-unfounded':
    'These accounts cannot be linked: they no longer have the same employee number or email address, or one of them is closed or linked with another account in that directory.',
  'account_not-locked': 'The account is not locked.',
  account_frozen: 'The account is frozen. An approver must unfreeze it first.',
  'account_not-frozen': 'The account is no longer frozen.',
  'account_search-too-long': 'The search is too long. Shorten it.',
  'import_not-found': 'This import no longer exists. Start it again.',
  'import_not-csv': 'The file could not be read as CSV. Check the separator and the quotation marks.',
  import_encoding:
    'The file contains characters that do not exist in the chosen encoding. Choose another encoding.',
  import_interrupted: 'The upload was interrupted. Nothing was imported. Import the file again.',
  import_stopped:
    'The server stopped during the import. Only some rows were imported. Import the same file again to complete it.',
  import_mapping: 'Some columns are missing. Choose the columns of the user name and the name.',
  'import_already-running': 'Another import is running. Wait until it ends.',
  'held-row_not-found': 'This row is no longer waiting for a decision.',
  'held-row_settled': 'Someone has already decided about this row.',
  'held-row_not-same': 'The row already belongs to another account, so it cannot belong to this one.',
  'held-row_user-name-taken': 'The user name has been taken in the meantime. Import the file again.',
  'known-change_not-found': 'This announcement has already ended.',
  'known-change_invalid': 'Enter two different email domains, or two different phone number prefixes.',
  'account_not-disabled': 'This account is not disabled.',
  import_stale:
    'Accounts were changed by another import or a decision after this file was read. Read the file again.',
  'import_not-undoable': 'This import can no longer be undone.',
  import_settled: 'This import has already ended.',
  'case_not-found': 'This case does not exist.',
  'case_not-yours': 'This case belongs to another operator.',
  case_ended: 'The case has ended. Open the account again.',
  case_expired: 'The case has expired. Open the account again.',
  'case_ticket-required': 'Enter the ticket first.',
  'case_reason-required': 'Choose the reason first.',
  'check_not-found': 'This check was not found. Start it again.',
  check_unavailable: 'This check cannot be used now. Choose another.',
  'check_already-pending': 'This check is already in progress.',
  check_locked: 'This check is locked for the case. Choose another, or refuse the case.',
  check_expired: 'Time ran out. Start the check again.',
  check_settled: 'This check has already ended.',
  'check_approver-only': 'Too many checks failed on this account. Only an approver can continue.',
  'check_other-session': 'This check was started before you signed in again. Start it again.',
  'assurance_not-enough': 'The case has not earned enough points yet. Continue verifying the caller.',
  'grant_not-found': 'The permission was not found. Open the confirmation again.',
  grant_expired: 'The permission has expired. Open the confirmation again.',
  grant_spent: 'The permission was already used. Open the confirmation again.',
  'grant_other-operator': 'The permission belongs to another operator. Open the confirmation again.',
  'grant_other-session': 'The permission belongs to another session. Open the confirmation again.',
  'grant_other-action': 'The permission is for another action. Open the confirmation again.',
  'grant_other-case': 'The permission is for another case. Open the confirmation again.',
  'grant_clock-set-back':
    'The server’s clock was set back. Open the confirmation again. If it happens again, tell the administrator.',
  'grant_policy-changed': 'The policy has changed in the meantime. Open the confirmation again.',
  'approval_not-found': 'This request was not found. Refresh the queue.',
  approval_settled: 'This request has already been answered.',
  approval_lapsed: 'This request has lapsed. The operator can ask again.',
  'approval_own-request': 'This is your own request. Another approver must answer it.',
  'approval_own-account': 'This request is about your own account. Another approver must answer it.',
  'approval_own-case': 'You worked on this account yourself. Another approver must decide.',
  approval_vouched: 'You vouched for the caller as the manager. Another approver must decide.',
  approval_needed: 'This reset needs approval first. Ask an approver.',
  approval_denied: 'An approver denied the reset. Refuse the case.',
  'approval_not-needed': 'Approval is no longer needed. Reload the case.',
  'held-change_not-found': 'This change is no longer held. Refresh the queue.',
  'held-change_settled':
    'This change has been answered, withdrawn or dropped in the meantime. Refresh the queue.',
  'held-change_own-reset': 'You did the reset before this change. Another approver must answer it.',
  'flag_not-found': 'The flag was already removed.',
  flag_own: 'The flag comes from you or from your own case. Another approver must clear it.',
  'account_own-freeze':
    'The owner froze the account after your own work on it. Another approver must unfreeze it.',
  'alert_already-raised': 'The alert is already raised or proposed.',
  'alert_not-raised': 'The alert is no longer raised.',
  'alert_not-proposed': 'This proposal has lapsed or was withdrawn.',
  'alert_own-case': 'You have an open case that the alert covers. Another approver must end the alert.',
  'alert_same-approver': 'You proposed the alert. Another approver must agree.',
  'reset_not-found': 'This reset was not found, or it has expired.',
  'reset_key-reused': 'This confirmation was already used for another reset. Open the confirmation again.',
  'reset_in-progress': 'The reset is still in progress. Wait a moment.',
  'reset_secret-gone':
    'The password was set, but it can no longer be shown. Close this and reset again with the same evidence.',
  'reset_outcome-unknown': 'The outcome of the reset is unknown. Reset again with the same evidence.',
  reset_settled: 'This reset has already been used or revoked, or it has expired.',
  'reset_no-channel': 'No address can receive the password. Read it out, or call an approver.',
  'reset_delivery-not-allowed': 'The policy does not allow this delivery for this account. Choose another.',
  reset_sealed: 'This temporary password is sealed. Only the user can see it.',
  'reset_mail-unavailable':
    'Emails cannot be delivered now, so no link was sent. Give a temporary password instead, and tell the administrator.',
  'reset_no-address': 'There is no address to send the link to. Give a temporary password instead.',
  'drill_not-found': 'This drill has ended. Start a new one.',
  'drill_not-possible':
    'Under the current policy, no check can tell an attacker from an honest caller. Ask an administrator to review the points in the policy.',
  'required-reset_not-found': 'This required reset was not found.',
  'required-reset_nobody':
    'None of these accounts can be required to reset the password. Choose other accounts.',
  'required-reset_too-many': 'These are too many accounts at once. Narrow the selection.',
  'required-reset_due-date': 'The due date must be within the next year. Choose another.',
  'required-reset_ended': 'This required reset has already ended.',
  'protected-change_not-found': 'This change no longer exists.',
  'protected-change_settled': 'This change has already been decided or withdrawn, or it has expired.',
  'protected-change_own': 'You proposed this change. Another administrator must decide it.',
  'protected-change_own-rights': 'This change raises your own rights. Another administrator must decide it.',
  'protected-change_not-yours': 'Only the administrator who proposed this change can withdraw it.',
  'protected-change_outdated':
    'The change did not take effect, because the settings that it concerns have changed since it was proposed. Propose it again.',
  'protected-change_no-approver':
    'No other administrator can approve this change, because according to the directory all of them are the same person as you. Correct the accounts, or invite another administrator.',
  'protected-change_third-needed':
    'This change raises the rights of the only other administrator, who cannot approve it. Invite a third administrator first; the second one approves the invitation, and the third one this change.',
  'mail_not-found': 'This message is no longer in the outbox.',
  text_failed: 'The text message could not be sent. Try again, or use another check.',
  mail_failed: 'The email could not be sent. Try again, or use another check.',
  'mail_template-invalid': 'This text is not a valid email template. Check its placeholders.',
  'mail_outbox-off': 'Email is sent through a mail server, so the outbox is off.',
  'directory_outcome-unknown': 'The directory’s answer was lost: the change may have been made.',
  directory_unavailable: 'The directory is not responding. Nothing was changed. Try again in a moment.',
  'directory_not-trusted':
    'The directory’s certificate is not accepted, so nothing was sent to it. Ask an administrator to check it under Settings, Directories.',
  'directory_service-account':
    'The directory does not accept the service account. Ask an administrator to check it under Settings, Directories.',
  'directory_right-missing':
    'The directory does not let Reset Desk do this for the account. Ask an administrator to check the service account’s rights.',
  'directory_password-refused':
    'The directory refused the password by its own rules. Nothing was changed. Try again; if it happens again, ask an administrator to check the connection under Settings, Directories, which shows the password policy.',
  'directory_pass-refused':
    'The directory does not give this user a one-time pass of this lifetime. Give a temporary password, or ask an administrator to check the tenant’s policy for Temporary Access Passes.',
  'directory_account-gone': 'The account is no longer in its directory.',
  'directory_not-found': 'The directory was removed.',
  directory_off: 'The directory is turned off. Ask an administrator.',
  directory_reading: 'The directory is already being read.',
  'account-source_not-found': 'The source was removed.',
  'account-source_no-files': 'File import is turned off for this source. Turn it on first.',
  'account-source_name-taken': 'Another source already has this name. Choose another name.',
  'source-token_not-found': 'This token does not exist.',
  'source-token_settled': 'The token has already been shown or revoked, or it has expired. Add a new one.',
  'source-token_not-yours': 'Only the administrator who requested the token can see it.',
  'audit_stream-failed': 'The receiver did not accept the event. Check its address, then try again.',
  policy_invalid: 'Some policy values are out of range. Correct the marked values.',
  storage_unavailable:
    'The server cannot reach its database. Wait a moment, then try again. If it happens again, tell your administrator.',
  'storage_outcome-unknown':
    'The server lost the connection to its database, so it is not known whether the change was saved. Check this before you repeat it.',
  storage_full:
    'The disk with the server’s data is full, so nothing was changed. Free some space on it, then try again.',
  'storage_read-only':
    'The server’s data is read-only at the moment, so nothing was changed. Make its disk writable, then try again.',
  storage_denied:
    'The backend is not permitted to use its data folder, so nothing was changed. Correct the permissions of the folder and its files.',
  storage_locked: 'Another program has locked the server’s database. Close that program, then try again.',
  storage_damaged: 'The server’s database is damaged. Stop working with it, and restore a backup.',
  storage_failed:
    'The disk with the server’s data could not be read or written, so nothing was changed. Check the disk.',
  internal_unexpected: 'Something unexpected happened. Try again. If it happens again, report the reference.',
  server_unreachable: 'The server is not responding. Check the address and the network, then try again.',
  server_timeout: 'The server took too long to respond. Try again.',
  'server_certificate-untrusted':
    'The server’s certificate is not trusted on this computer, so nothing was sent. Ask your administrator.',
  'server_certificate-expired':
    'The server’s certificate has expired, so nothing was sent. Ask your administrator.',
  'server_certificate-name':
    'The server’s certificate is for a different name than this address, so nothing was sent. Check the address.',
  'server_tls-required':
    'A server on another computer needs HTTPS. Enter an address that starts with https://.',
  'server_address-invalid': 'This is not an address. Enter an address such as https://reset.example.com.',
  'server_not-reset-desk': 'This address is not a Reset Desk server. Check the address.',
  'server_too-old': 'This server is too old for this console. Ask your administrator to update the server.',
  'server_too-new': 'The server is newer than this console. Update the console.',
  'server_refusal-unknown':
    'The server refused this for a reason that only a newer console can explain. Update the console.',
  'server_answer-newer':
    'The server responded with something that only a newer console can show. If you were changing something, it is done. Update the console.',
  'server_answer-invalid':
    'The server sent an unexpected response. Update the console and the server to the same version.',
  server_failed:
    'The server, or a proxy in front of it, failed. Try again. If it happens again, ask your administrator.',
  server_redirected:
    'This address redirects to another one, which the console does not follow. Use the other address, or ask your administrator.',
  'proxy_too-large':
    'A proxy in front of the server refuses requests of this size. Ask your administrator to raise its limit: client_max_body_size in nginx, request_body max_size in Caddy.',
  proxy_refused:
    'A proxy in front of the server refused the request, so it did not reach the server. Check the address, or ask your administrator.',
  'proxy_no-server':
    'A proxy answered, but it could not reach the server behind it. Wait a moment, then try again. If it happens again, ask your administrator.',
  proxy_timeout:
    'A proxy answered, but the server behind it took too long. Check whether the change was made before you try again.',
  'proxy_web-page':
    'A web page was received instead of the server’s response. If your network requires a sign-in, sign in to it; otherwise ask your administrator about the proxy in front of the server.',
  'backend-process_failed':
    'The backend on this computer could not be started. Restart it, or copy the diagnostics.',
  'folder_key-missing':
    'The key file secret.key is missing beside the database. Restore the key from your backup, then start the backend again.',
  'folder_key-damaged':
    'The key file secret.key is damaged. Restore it from your backup, then start the backend again.',
  'folder_key-other':
    'The key file secret.key belongs to another database. Restore the key of this database from your backup.',
  'folder_database-missing':
    'The data folder has a key, but its database is missing or empty. Restore the database from your backup.',
  'folder_log-cut':
    'The end of the audit log is missing: events were removed, or an older copy of the database was put in its place.',
  'folder_in-use': 'Another backend is running on this data folder. Stop it, then start the backend again.',
  'folder_open-to-others':
    'Other users of this computer can change the data folder. Allow only its owner to use it, then start the backend again.',
  folder_link: 'The data folder contains a link instead of its database or key. Put the file itself there.',
  provider_cancelled: 'The sign-in in the browser was cancelled. Start again.',
  provider_timeout: 'The sign-in in the browser took too long. Start again.',
  keychain_missing: 'This computer has no keychain. You stay signed in only until you close the console.',
  keychain_locked: 'The keychain is locked. You stay signed in only until you close the console.',
  keychain_failed: 'The keychain does not work. You stay signed in only until you close the console.',
  file_unreadable: 'The file could not be read. Choose it again.',
  file_unwritable: 'The file could not be saved there. Choose another folder.',
  console_locked: 'The console is locked. Enter your password.',
  'console_signed-out': 'You are signed out. Sign in again.',
  update_unreachable: 'The update server cannot be reached. This version stays in use. Try again later.',
  'update_signature-wrong':
    'The list of updates is not signed by the publisher of Reset Desk, so it was refused. This version stays in use. Tell your administrator.',
  'update_feed-invalid':
    'The list of updates cannot be read, so it was refused. This version stays in use. Tell your administrator.',
  update_older:
    'The list of updates is older than an earlier one, so it was refused. This version stays in use. Tell your administrator.',
  'update_sum-wrong':
    'The downloaded update is not the one that was announced, so it was deleted. This version stays in use. Tell your administrator.',
  'update_disk-full':
    'The drive is too full for the update. This version stays in use. Free some space, then try again.',
  update_unwritable:
    'You do not have the right to replace the program on this computer. This version stays in use. Ask your administrator to update it.',
  update_busy:
    'One of your cases is still open. Finish or close it first. You are then told that you can restart.',
  console_managed: 'Your organisation manages this setting. Ask your administrator to change it.',
  secret_gone: 'The temporary password is no longer available. Reset again.',
  bridge_refused: 'The console refused this request. Restart the console.',
} as const satisfies Record<Key<FailureCode>, string>;

/** What happened and what to do, for every failure code. `_` replaces the dot in the code. */
export const failureTexts = {
  codes,
  /** For failures that say when the wait ends. */
  until: {
    'session_operator-locked': 'Too many wrong tries. This operator is locked until {{time}}.',
    'request_rate-limited': 'Too many requests. Try again at {{time}}.',
  },
  detail: '({{detail}})',
  reference: 'Reference {{reference}}',
  again: 'Try again',
  back: 'Back to the desk',
} as const;
