import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { operatorScope, role } from './operator.ts';
import { operatorRow } from './operators.ts';
import { typedLine } from './typed-text.ts';

/** Operators sign in with the passwords of one configured directory, whose groups give them their roles. */
export const directorySignInSettings = z.object({
  enabled: z.boolean(),
  /** The configured directory; null until one was chosen. */
  directoryId: z.uuid().nullable(),
  /** Groups by their distinguished name. Members of nested groups belong to them as well. */
  roles: z.array(z.object({ group: typedLine(1000).min(1), role })).max(50),
  /** The accounts that operators who are created at their first sign-in may work on. */
  scope: operatorScope,
});
export type DirectorySignInSettings = z.infer<typeof directorySignInSettings>;

const view = directorySignInSettings.extend({
  /** The directories that can be chosen. */
  directories: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Active administrators of all accounts who sign in with a password of Reset Desk, which works while the directory does not answer. */
  localAdministrators: z.array(z.string()),
});
export type DirectorySignInView = z.infer<typeof view>;

const right = 'operators.manage';
const params = z.object({ operatorId: z.string().min(1).max(100) });

export const getDirectorySignIn = endpoint({
  id: 'getDirectorySignIn',
  method: 'GET',
  path: '/settings/directory-sign-in',
  summary: 'Get the settings of operators’ sign-in with the passwords of a directory',
  right,
  scope: { by: 'everything' },
  bridge: 'directorySignIn.get',
  answer: view,
  errors: [],
});

export const changeDirectorySignIn = endpoint({
  id: 'changeDirectorySignIn',
  method: 'PUT',
  path: '/settings/directory-sign-in',
  summary:
    'Change operators’ sign-in with a directory. Turning it off, or another directory, ends the sessions of operators who sign in with it',
  right,
  scope: { by: 'everything' },
  proof: 'recent',
  protected: { by: 'every-call' },
  bridge: 'directorySignIn.change',
  body: directorySignInSettings,
  answer: view,
  errors: ['request.invalid', 'directory-sign-in.no-local-administrator'],
});

export const linkOperatorToDirectory = endpoint({
  id: 'linkOperatorToDirectory',
  method: 'POST',
  path: '/operators/:operatorId/link-directory',
  summary:
    'Let an operator sign in with the password of their own account in the directory. Their password here is removed and their sessions end',
  right,
  scope: { by: 'operator' },
  proof: 'recent',
  protected: { by: 'every-call' },
  bridge: 'operators.linkDirectory',
  params,
  answer: operatorRow,
  errors: [
    'operator.not-found',
    'operator.removed',
    'operator.not-invited',
    'operator.last-local-administrator',
    'operator.signs-in-with-directory',
    'directory-sign-in.off',
    'directory-sign-in.no-account',
  ],
});

export const unlinkOperatorFromDirectory = endpoint({
  id: 'unlinkOperatorFromDirectory',
  method: 'POST',
  path: '/operators/:operatorId/unlink-directory',
  summary:
    'Unlink an operator from their account in the directory and end their sessions. They need a link to set a password here, or to be linked again',
  right,
  scope: { by: 'operator' },
  proof: 'recent',
  protected: { by: 'every-call' },
  bridge: 'operators.unlinkDirectory',
  params,
  answer: operatorRow,
  errors: ['operator.not-found', 'operator.removed', 'operator.not-linked'],
});
