const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const escapeXml = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (found) => entities[found] ?? '');

/** An element with its attributes; `content` is XML already, indented one level. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: readonly string[] = [],
): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`);
  const start = `<${name}${given.join('')}`;
  if (content.length === 0) return `${start} />`;
  return `${start}>\n${content.join('\n').replaceAll(/^(?=.)/gm, '  ')}\n</${name}>`;
}

/** An element that holds text. */
export const textElement = (
  name: string,
  attributes: Readonly<Record<string, string>>,
  text: string,
): string =>
  `<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escapeXml(value)}"`)
    .join('')}>${escapeXml(text)}</${name}>`;
