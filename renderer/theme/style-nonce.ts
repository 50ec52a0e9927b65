/** This load's nonce for style elements; read as a property, since the attribute is hidden from scripts. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
