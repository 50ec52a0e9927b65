/**
 * Loads the password engine with its word lists, and the generator, which uses it. They are half as large as the rest of the backend and not needed
 * at the start. They are loaded once; the first password waits for them.
 */
export const loadEngine = () => import('../../../shared/password-policy/check-password.ts');
export const loadGenerator = () => import('../temporary-passwords/generate-temporary-password.ts');

/** Milliseconds after the start until loading begins, so that it does not delay the first calls. */
const loadAfter = 1500;

/** Loads both soon after the start. The returned function cancels it. */
export function loadSoon(onUnexpected: (where: string, thrown: unknown) => void): () => void {
  const timer = setTimeout(() => {
    loadGenerator().catch((thrown: unknown) => onUnexpected('password engine', thrown));
  }, loadAfter);
  timer.unref();
  return () => clearTimeout(timer);
}
