/**
 * The password engine with its word lists, and the generator that asks it: half as large as all the rest of the backend, and not needed to answer the
 * first call. Loaded once; whoever judges or makes a password waits for it.
 */
export const loadEngine = () => import('../../../shared/password-policy/check-password.ts');
export const loadGenerator = () => import('../temporary-passwords/generate-temporary-password.ts');

/** Milliseconds after the start at which nobody is expected to wait for the lists any more. */
const quietAfter = 1500;

/** Loads both when the start is over, before the first password. Stopped by the returned function. */
export function loadSoon(onUnexpected: (where: string, thrown: unknown) => void): () => void {
  const timer = setTimeout(() => {
    loadGenerator().catch((thrown: unknown) => onUnexpected('password engine', thrown));
  }, quietAfter);
  timer.unref();
  return () => clearTimeout(timer);
}
