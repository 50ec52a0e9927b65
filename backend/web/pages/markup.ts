/** HTML that needs no escaping. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export type HtmlValue = string | number | Markup | readonly Markup[];

/** Escapes text for content and quoted attributes; markup stays as it is. */
export const escapeHtml = (value: HtmlValue): string => {
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return String(value).replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
};

/** A template tag for HTML that escapes each value unless it is markup. */
export const html = (strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Markup =>
  new Markup(strings.reduce((whole, string, index) => whole + escapeHtml(values[index - 1] ?? '') + string));

/** Empty markup, for the branch of a condition that adds nothing. */
export const nothing = new Markup('');
