import { account } from './words/account.ts';
import { choose } from './words/choose.ts';
import { forgot } from './words/forgot.ts';
import { frame } from './words/frame.ts';
import { help } from './words/help.ts';
import { link } from './words/link.ts';
import { login } from './words/login.ts';
import { notFound, trouble } from './words/trouble.ts';

/** Every text of the self-service pages, in one place. */
export const words = { account, choose, forgot, frame, help, link, login, notFound, trouble } as const;
