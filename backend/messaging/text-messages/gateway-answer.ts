import type { TextAcceptance } from '../../../shared/api/text.ts';

/** The value at a path such as `messages.0.status`; undefined if the text is not JSON or has no such value. */
function valueAt(body: string, path: string): string | undefined {
  let at: unknown;
  try {
    at = JSON.parse(body);
  } catch {
    return undefined;
  }
  for (const name of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return typeof at === 'object' ? undefined : String(at);
}

/** Why an answer means that the gateway did not accept the text, as a sentence without quoting the answer; null if it did. */
export function refusalIn(
  { status, body }: { readonly status: number; readonly body: string },
  accepted: TextAcceptance,
): string | null {
  if (status < 200 || status > 299) return `The gateway answered ${status}.`;
  if (accepted.when === 'contains' && !body.includes(accepted.text))
    return `The gateway answered ${status}, but without the text that means “accepted”.`;
  if (accepted.when === 'json' && valueAt(body, accepted.path) !== accepted.value)
    return `The gateway answered ${status}, but ${accepted.path} is not “${accepted.value}”.`;
  return null;
}
