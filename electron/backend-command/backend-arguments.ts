/**
 * The arguments after `--backend --` on the executable's command line; null if it was started as the console. Chromium reads only what
 * precedes `--`, so it does not take an option of the backend's command for a switch of its own.
 */
export function backendArguments(argv: readonly string[]): readonly string[] | null {
  const end = argv.indexOf('--');
  const switches = end === -1 ? argv : argv.slice(0, end);
  if (!switches.includes('--backend', 1)) return null;
  return end === -1 ? [] : argv.slice(end + 1);
}
