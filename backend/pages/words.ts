import { account } from './words/account.ts';
import { choose } from './words/choose.ts';
import { frame } from './words/frame.ts';
import { link } from './words/link.ts';
import { login } from './words/login.ts';
import { notFound, trouble } from './words/trouble.ts';

/** Every text of the self-service pages, in one place. */
export const words = { account, choose, frame, link, login, notFound, trouble } as const;
