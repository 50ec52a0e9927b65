/** A distinguished name in the form of the extended-DN control, which puts the object's GUID before it. */
export interface ExtendedName {
  /** GUID text in lower case; null where the server did not send it. */
  readonly key: string | null;
  readonly dn: string;
}

/** `<GUID=…>;<SID=…>;CN=…`, or the name alone. */
export function extendedName(text: string): ExtendedName {
  const [, guid, dn] = /^<GUID=([0-9a-f-]{36})>;(?:<SID=[^>]*>;)?(.*)$/is.exec(text) ?? [];
  return { key: guid?.toLowerCase() ?? null, dn: dn ?? text };
}
