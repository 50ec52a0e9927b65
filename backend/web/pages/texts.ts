import { account } from './texts/account.ts';
import { choose } from './texts/choose.ts';
import { forgot } from './texts/forgot.ts';
import { frame } from './texts/frame.ts';
import { help } from './texts/help.ts';
import { link } from './texts/link.ts';
import { login } from './texts/login.ts';
import { notFound, trouble } from './texts/trouble.ts';

/** Every text of the self-service pages, in one place. */
export const texts = { account, choose, forgot, frame, help, link, login, notFound, trouble } as const;
