import type { Keytar } from './keychain.ts';

/** Loads the native library. It is CommonJS, so its functions are on the default export. */
export async function loadKeytar(): Promise<Keytar> {
  const { default: keytar } = await import('keytar');
  return keytar;
}
