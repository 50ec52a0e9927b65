import type { Keytar } from './keychain.ts';

/** Loads the native library. CommonJS, so its functions stand on the default export. */
export async function loadKeytar(): Promise<Keytar> {
  const { default: keytar } = await import('keytar');
  return keytar;
}
