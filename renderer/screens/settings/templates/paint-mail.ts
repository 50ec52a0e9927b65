export type MailScheme = 'light' | 'dark';

/** What a mail of the desk is made of; whatever else stands in one is left out with all that is in it. */
const elements: ReadonlySet<string> = new Set(['BODY', 'DIV', 'P', 'A', 'STRONG', 'BR', 'SPAN', 'EM']);

/**
 * The element again, of known kinds and with its looks alone: no address that could be followed or fetched, no handler. The looks are set as
 * properties, which the page's policy allows where it refuses a style in markup.
 */
function drawn(element: Element): HTMLElement | null {
  if (!elements.has(element.tagName)) return null;
  const copy = document.createElement(element.tagName === 'BODY' ? 'div' : element.tagName.toLowerCase());
  if (element.className !== '') copy.className = element.className;
  const looks = element.getAttribute('style') ?? '';
  if (looks !== '' && !/url\s*\(|image-set|@import/i.test(looks)) copy.style.cssText = looks;
  for (const child of element.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) copy.append(child.textContent ?? '');
    if (child.nodeType !== Node.ELEMENT_NODE) continue;
    const inner = drawn(child as Element);
    if (inner !== null) copy.append(inner);
  }
  return copy;
}

/** The rules for a dark mail program, as they apply where the mail is shown dark whatever this computer is. */
function darkRules(sheets: readonly string[]): string {
  const found: string[] = [];
  for (const text of sheets) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    for (const rule of sheet.cssRules) {
      if (rule instanceof CSSMediaRule && /prefers-color-scheme:\s*dark/.test(rule.conditionText))
        found.push(...[...rule.cssRules].map(({ cssText }) => cssText));
    }
  }
  return found.join('\n');
}

/** Draws a mail's HTML part under a shadow root, as a mail program shows it; nothing in it runs, is fetched or leads anywhere. */
export function paintMail(root: ShadowRoot, html: string, scheme: MailScheme): void {
  // Parsed apart from the page: scripts do not run and nothing is loaded.
  const mail = new DOMParser().parseFromString(html, 'text/html');
  const sheets = [...mail.querySelectorAll('style')].map(({ textContent }) => textContent);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:host { all: initial; display: block; }\n${scheme === 'dark' ? darkRules(sheets) : ''}`);
  root.adoptedStyleSheets = [sheet];
  root.replaceChildren(...[drawn(mail.body)].filter((body) => body !== null));
}
