/**
 * What follows `--backend --` on the command line of the executable, or null when it was started as the console. Whatever stands before `--` is for
 * Chromium; what stands behind it Chromium does not read, so that no option of a command is taken for a switch of the browser.
 */
export function backendArguments(argv: readonly string[]): readonly string[] | null {
  const end = argv.indexOf('--');
  const own = end === -1 ? argv : argv.slice(0, end);
  if (!own.includes('--backend', 1)) return null;
  return end === -1 ? [] : argv.slice(end + 1);
}
