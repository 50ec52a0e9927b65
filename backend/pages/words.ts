import { account } from './words/account.ts';
import { choose } from './words/choose.ts';
import { frame } from './words/frame.ts';
import { link } from './words/link.ts';
import { login } from './words/login.ts';
import { notFound, trouble } from './words/trouble.ts';

/** Every text of the self-service pages, in one place. */
<<<<<<< HEAD
export const words = { account, choose, frame, link, login, notFound, trouble } as const;
=======
export const words = {
  login: {
    title: 'Sign in',
    userName: 'User name',
    password: 'Password',
    button: 'Sign in',
    wrong:
      'The user name or the password is wrong, or there were too many tries. Check both; after five wrong tries, wait a quarter of an hour.',
    disabled: 'This account is disabled. Call the help desk.',
    expired: 'This account has expired. Call the help desk.',
    frozen: 'This account is frozen, because its owner said that a reset was not theirs. Call the help desk.',
    'no-local-password': 'This account has no password here. Sign in where your organisation keeps it.',
    'temporary-expired': 'This temporary password has expired. Call the help desk for a new one.',
    'link-used': 'Your new password is set. Sign in with it.',
    'signed-out': 'You are signed out.',
    'session-over': 'Your time for the change was over. Sign in again.',
    slow: 'There were too many tries from this computer. Wait a minute, then try again.',
  },
  choose: {
    title: 'Choose a new password',
    lead: 'Your password is a temporary one. Choose your own now; nobody at the help desk can see it.',
    leadOwn: 'Choose a new password; nobody at the help desk can see it.',
    leadFor: 'Choose a new password for',
    password: 'New password',
    repeated: 'New password again',
    button: 'Set password',
    notYet: 'The password was not taken:',
    history: 'None of your last passwords',
  },
  account: {
    title: 'You are signed in',
    as: 'Signed in as',
    changed: 'Your new password is set.',
    change: 'Change password',
    signOut: 'Sign out',
  },
  link: {
    dead: 'This link is no longer good',
    why: 'It was used, replaced by a newer one, or is too old. Call the help desk, and they will send you another.',
    toLogin: 'Go to the sign-in page',
  },
  trouble: {
    title: 'Something went wrong',
    text: 'Nothing was changed. Go back and try again; if it happens again, call the help desk and tell them this reference:',
    refused: 'This form came from another page, so it was not taken. Open the page again and try once more.',
  },
  notFound: { title: 'There is no such page' },
} as const;
>>>>>>> 44460a9 (Write mails from templates in two parts, each with a way to say that it was not me)
