import { createTranslate, type TextPath } from '../../text/catalogue.ts';
import { escapeHtml, Markup, type HtmlValue } from './markup.ts';
import { account } from './texts/account.ts';
import { choose } from './texts/choose.ts';
import { forgot } from './texts/forgot.ts';
import { frame, notFound, trouble } from './texts/frame.ts';
import { help } from './texts/help.ts';
import { invitation } from './texts/invitation.ts';
import { link } from './texts/link.ts';
import { login } from './texts/login.ts';
import { managersWord } from './texts/managers-word.ts';
import { notMe } from './texts/not-me.ts';
import { report } from './texts/report.ts';
import { secondFactor } from './texts/second-factor.ts';
import { times } from './texts/times.ts';

/** Every text of the self-service pages. */
export const texts = {
  account,
  choose,
  forgot,
  frame,
  help,
  invitation,
  link,
  login,
  managersWord,
  notFound,
  notMe,
  report,
  secondFactor,
  times,
  trouble,
} as const;

const translate = createTranslate(texts);

/** A text with its values filled in. Values are escaped unless they are markup; the text itself is trusted. */
export const t = (path: TextPath<typeof texts>, values: Readonly<Record<string, HtmlValue>>): Markup =>
  new Markup(
    translate(
      path,
      Object.fromEntries(
        Object.entries(values).map(([name, value]) => [
          name,
          typeof value === 'number' ? value : escapeHtml(value),
        ]),
      ),
    ),
  );
