import { textPlaceholders, type TextSettings } from '../../../shared/api/text.ts';
import { isLoopbackHost } from '../../network/addresses.ts';

type Values = Readonly<Record<(typeof textPlaceholders)[number], string>>;
type Escape = (value: string) => string;

/** A request to a gateway. */
export interface GatewayRequest {
  readonly url: string;
  readonly method: TextSettings['method'];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

const placeholder = /\{\{([^{}]*)\}\}/gu;
const asIs: Escape = (value) => value;
const inJson: Escape = (value) => JSON.stringify(value).slice(1, -1);
const escapeIn: Readonly<Record<TextSettings['bodyFormat'], Escape>> = {
  none: asIs,
  json: inJson,
  form: encodeURIComponent,
  plain: asIs,
};
const contentTypes = {
  none: null,
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  plain: 'text/plain; charset=utf-8',
} as const;
/** Headers that the HTTP client sets itself, or that a gateway must not get. */
const reserved = new Set(['host', 'content-length', 'connection', 'transfer-encoding', 'cookie']);

const fill = (template: string, values: Values, escape: Escape): string =>
  template.replaceAll(placeholder, (whole, name: string) =>
    Object.hasOwn(values, name) ? escape(values[name as keyof Values]) : whole,
  );

const unknownIn = (template: string): string | undefined =>
  [...template.matchAll(placeholder)]
    .map(([, name]) => name ?? '')
    .find((name) => !textPlaceholders.some((known) => known === name));

/** Fills in the templates. Each value is escaped for its place: address, header or body. */
export function gatewayRequest(settings: TextSettings, values: Values): GatewayRequest {
  const { method, url, bodyFormat, body } = settings;
  const type = contentTypes[bodyFormat];
  const headers: Record<string, string> = type === null ? {} : { 'content-type': type };
  for (const { name, value } of settings.headers) headers[name.toLowerCase()] = fill(value, values, asIs);
  return {
    url: fill(url, values, encodeURIComponent),
    method,
    headers,
    body: bodyFormat === 'none' ? undefined : fill(body, values, escapeIn[bodyFormat]),
  };
}

export interface TemplateFault {
  readonly path: string;
  readonly message: string;
}

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** The faults of the templates, found when they are saved rather than while a caller waits. */
export function findGatewayFaults(settings: TextSettings): TemplateFault[] {
  if (settings.transport === 'outbox') return [];
  const faults: TemplateFault[] = [];
  const fault = (path: string, message: string) => faults.push({ path, message });
  const { url, headers, method, bodyFormat, body } = settings;
  const sent = bodyFormat === 'none' ? url : url + body;
  const origin = /^[a-z]+:\/\/[^/?#]*/iu.exec(url)?.[0] ?? '';
  if (!URL.canParse(origin)) fault('url', 'Enter a complete address, such as https://sms.example.com/send.');
  else {
    const { protocol, hostname, username, password } = new URL(origin);
    if (protocol !== 'https:' && !(protocol === 'http:' && isLoopbackHost(hostname))) {
      fault('url', 'The address must start with https://.');
    }
    if (username !== '' || password !== '')
      fault('url', 'Put the secret into a header, not before the host.');
  }
  if (origin.includes('{{')) fault('url', 'Placeholders are allowed only after the host.');
  const holds = (...names: readonly (typeof textPlaceholders)[number][]) =>
    names.some((name) => sent.includes(`{{${name}}}`));
  if (!holds('to', 'toDigits')) fault('body', '{{to}} is missing from the address and the body.');
  if (!holds('text')) fault('body', '{{text}} is missing from the address and the body.');
  for (const [path, template] of [
    ['url', url],
    ['body', bodyFormat === 'none' ? '' : body],
  ] as const) {
    const unknown = unknownIn(template);
    if (unknown !== undefined) fault(path, `{{${unknown}}} is not a placeholder.`);
  }
  if (method === 'GET' && bodyFormat !== 'none') fault('bodyFormat', 'GET has no body.');
  for (const [index, { name, value }] of headers.entries()) {
    const path = `headers.${index}`;
    if (!/^[a-z0-9!#$%&'*+.^_`|~-]+$/iu.test(name)) fault(path, 'This is not a valid header name.');
    if (reserved.has(name.toLowerCase())) fault(path, 'This header cannot be set.');
    if (!/^[\t\x20-\x7e]*$/u.test(value)) fault(path, 'A header value must be one line of ASCII characters.');
    // Headers cannot carry every character, so texts and numbers are not allowed in them.
    const [, inside] = /\{\{(?!secret\}\}|secretBase64\}\}|id\}\})([^{}]*)\}\}/u.exec(value) ?? [];
    if (inside !== undefined) fault(path, `{{${inside}}} is not allowed in a header.`);
  }
  const trial = { to: '+1', toDigits: '1', text: '"\\\n', id: 'x', secret: '"', secretBase64: 'Ig==' };
  if (bodyFormat === 'json' && !parses(fill(body, trial, inJson))) fault('body', 'This is not valid JSON.');
  return faults;
}

/** The origin to which a gateway's secret is sent. */
export const gatewayOrigin = (url: string): string => (URL.canParse(url) ? new URL(url).origin : '');
