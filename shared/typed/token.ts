import { cleanText } from './clean-text.ts';
import { hyphensOf } from './hyphens.ts';

/** A typed or pasted token in base64url, such as a setup code, without the blanks, quotes and punctuation copied along with it. */
export const readToken = (typed: string): string =>
  hyphensOf(cleanText(hyphensOf(typed))).replaceAll(/[^A-Za-z0-9_-]/g, '');

/** 32 bytes in base64url. In a link to a manager, the id of the check precedes them. */
const linkToken = /(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.)?[A-Za-z0-9_-]{43}/;

/** The token of a mailed link, without what was added to the link in copying it, such as a full stop, a bracket or a blank. */
export const readLinkToken = (typed: string): string => linkToken.exec(typed)?.[0] ?? typed;
