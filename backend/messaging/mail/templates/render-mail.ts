import type { PlaceholderName, TemplateName, TemplateTexts } from '../../../../shared/api/mail-template.ts';
import { defaultTemplates } from './default-templates.ts';
import { escapeHtml as escaped } from './escape-html.ts';
import { logoPlace } from './mail-logo.ts';

export type PlaceholderValues = Readonly<Partial<Record<PlaceholderName, string>>>;

/** A mail's subject and its two parts. */
export interface MailContent {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const placeholder = /\{\{\s*([^{}]*?)\s*\}\}/g;

// Many mail programs drop style sheets, so every element has inline styles; the sheet only adds the dark colours.
const font = "font-family:Inter,system-ui,-apple-system,'Segoe UI',Roboto,sans-serif";
const darkSheet =
  '@media (prefers-color-scheme:dark){.ground{background:#141517!important}.paper{background:#1f2023!important;border-color:#373a40!important}.ink{color:#e9ecef!important}.soft{color:#a6a7ab!important}.go{background:#2cc0b1!important;color:#06201d!important}.quiet{color:#e9ecef!important;border-color:#5c5f66!important}.logo{background:#ffffff!important;padding:6px 10px!important}}';
const paragraph = (inner: string, soft = false): string =>
  `<p class="${soft ? 'soft' : 'ink'}" style="margin:0 0 16px;${font};font-size:${soft ? 13 : 15}px;line-height:1.5;color:${soft ? '#5c5f66' : '#1a1b1e'};overflow-wrap:anywhere">${inner}</p>`;
const button = (href: string, label: string): string =>
  `<p style="margin:0 0 16px"><a class="go" href="${escaped(href)}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#00857a;color:#ffffff;${font};font-size:15px;font-weight:600;text-decoration:none">${escaped(label)}</a></p>${paragraph(escaped(href), true)}`;
const quietButton = (href: string, label: string): string =>
  `<p style="margin:0 0 16px"><a class="quiet" href="${escaped(href)}" style="display:inline-block;padding:10px 18px;border:1px solid #868e96;border-radius:8px;color:#1a1b1e;${font};font-size:14px;font-weight:600;text-decoration:none">${escaped(label)}</a></p>`;
const codeBox = (code: string): string =>
  `<strong style="font-family:'JetBrains Mono',ui-monospace,Consolas,monospace;font-size:20px;letter-spacing:2px;white-space:nowrap">${escaped(code)}</strong>`;

/** Without line breaks, so that users copy it without a space. */
const passwordBox = (password: string): string =>
  `<strong style="font-family:'JetBrains Mono',ui-monospace,Consolas,monospace;font-size:18px;overflow-wrap:anywhere">${escaped(password)}</strong>`;

const notMeLabel = 'This was not me';

function page(subject: string, content: string, organisation = ''): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escaped(subject)}</title><style>${darkSheet}</style></head><body class="ground" style="margin:0;padding:24px 16px;background:#f1f3f5"><div class="paper" style="max-width:520px;margin:0 auto;padding:28px;background:#ffffff;border:1px solid #dee2e6;border-radius:10px">${logoPlace}${content}<p class="soft" style="margin:24px 0 0;${font};font-size:12px;line-height:1.5;color:#5c5f66">${organisation === '' ? 'Reset Desk' : escaped(organisation)}</p></div></body></html>`;
}

/**
 * Renders a template. Values are escaped in the HTML part, which loads nothing from the network, has a place for the organisation's logo and ends with
 * its name.
 */
export function renderMail(
  name: TemplateName,
  words: TemplateTexts,
  values: PlaceholderValues,
  organisation = '',
): MailContent {
  const valueOf = (inner: string): string => values[inner as PlaceholderName] ?? '';
  const filled = (text: string): string =>
    text.replaceAll(placeholder, (_whole, inner: string) => valueOf(inner));
  const subject = filled(words.subject).replaceAll(/\s+/g, ' ').trim();
  const blocks = words.body
    .replaceAll('\r\n', '\n')
    .split(/\n{2,}/)
    .map((block) => block.trim())
    .filter((block) => block !== '');
  const inHtml = (line: string): string => {
    let html = '';
    let from = 0;
    for (const match of line.matchAll(placeholder)) {
      const inner = match[1] ?? '';
      html += escaped(line.slice(from, match.index));
      html +=
        inner === 'code' || inner === 'words'
          ? codeBox(valueOf(inner))
          : inner === 'password'
            ? passwordBox(valueOf(inner))
            : escaped(valueOf(inner)).replaceAll('\n', '<br>');
      from = match.index + match[0].length;
    }
    return html + escaped(line.slice(from));
  };
  const htmlOf = (block: string): string => {
    const [, alone] = /^\{\{\s*(link|notMe)\s*\}\}$/.exec(block) ?? [];
    if (alone === 'link') return button(valueOf('link'), defaultTemplates[name].linkLabel ?? valueOf('link'));
    if (alone === 'notMe')
      return quietButton(valueOf('notMe'), defaultTemplates[name].notMeLabel ?? notMeLabel);
    const inner = block.split('\n').map(inHtml).join('<br>');
    return inner.trim() === '' ? '' : paragraph(inner);
  };
  return {
    subject,
    text: `${blocks
      .map(filled)
      .filter((block) => block.trim() !== '')
      .join('\n\n')}\n`,
    html: page(subject, blocks.map(htmlOf).join(''), organisation),
  };
}

/** The HTML part of a mail without a template. */
export const renderPlainMail = (subject: string, text: string): string =>
  page(
    subject,
    text
      .trim()
      .split(/\n{2,}/)
      .map((block) => paragraph(escaped(block).replaceAll('\n', '<br>')))
      .join(''),
  );
