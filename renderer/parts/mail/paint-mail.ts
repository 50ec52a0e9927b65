export type MailScheme = 'light' | 'dark';

/** The elements that Reset Desk's mails consist of. Any other element is dropped with its content. */
const allowedElements: ReadonlySet<string> = new Set([
  'BODY',
  'DIV',
  'P',
  'A',
  'STRONG',
  'BR',
  'SPAN',
  'EM',
  'IMG',
]);

/** A picture that is part of the mail. */
const isInlinePicture = (source: string | null): source is string =>
  source !== null && /^data:image\/png;base64,[A-Za-z0-9+/=]+$/.test(source);

/** Adds the size and the text of a picture; false if it would be fetched. */
function addPicture(copy: HTMLElement, element: Element): boolean {
  const source = element.getAttribute('src');
  if (!(copy instanceof HTMLImageElement) || !isInlinePicture(source)) return false;
  copy.src = source;
  copy.alt = element.getAttribute('alt') ?? '';
  copy.width = Number(element.getAttribute('width'));
  copy.height = Number(element.getAttribute('height'));
  return true;
}

/**
 * Copies an allowed element with its class and style only: no address that could be followed or fetched, no event handler. The style is
 * set as a property, which the page's content security policy allows, unlike a style attribute in markup.
 */
function sanitized(element: Element): HTMLElement | null {
  if (!allowedElements.has(element.tagName)) return null;
  const copy = document.createElement(element.tagName === 'BODY' ? 'div' : element.tagName.toLowerCase());
  if (element.tagName === 'IMG' && !addPicture(copy, element)) return null;
  if (element.className !== '') copy.className = element.className;
  const style = element.getAttribute('style') ?? '';
  if (style !== '' && !/url\s*\(|image-set|@import/i.test(style)) copy.style.cssText = style;
  for (const child of element.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) copy.append(child.textContent ?? '');
    if (child.nodeType !== Node.ELEMENT_NODE) continue;
    const inner = sanitized(child as Element);
    if (inner !== null) copy.append(inner);
  }
  return copy;
}

/** The rules that the mail's style sheets have for dark mail programs, without their media query. */
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

/** Renders a mail's HTML part in a shadow root as a mail program does. No script runs, nothing is fetched, and links have no target. */
export function paintMail(root: ShadowRoot, html: string, scheme: MailScheme): void {
  // A document from DOMParser runs no scripts and loads nothing.
  const mail = new DOMParser().parseFromString(html, 'text/html');
  const sheets = [...mail.querySelectorAll('style')].map(({ textContent }) => textContent);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:host { all: initial; display: block; }\n${scheme === 'dark' ? darkRules(sheets) : ''}`);
  root.adoptedStyleSheets = [sheet];
  root.replaceChildren(...[sanitized(mail.body)].filter((body) => body !== null));
}
