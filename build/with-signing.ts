import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs a command with the signing secrets of a workflow as the tools read them: an unset secret arrives as an empty variable, which they would take for
 * a certificate, and keys arrive as text, of which they want a file. The files are gone afterwards.
 */
const environment: NodeJS.ProcessEnv = { ...process.env };
for (const [name, value] of Object.entries(environment)) if (value === '') delete environment[name];
const folder = mkdtempSync(join(tmpdir(), 'reset-desk-signing-'));

function toFile(variable: string, fileVariable: string, encoding: 'utf8' | 'base64'): void {
  const content = environment[variable];
  if (content === undefined) return;
  const file = join(folder, variable);
  writeFileSync(file, Buffer.from(content, encoding), { mode: 0o600 });
  delete environment[variable];
  environment[fileVariable] = file;
}
toFile('APPLE_API_KEY_CONTENT', 'APPLE_API_KEY', 'utf8');
toFile('WINDOWS_CERTIFICATE', 'RESET_DESK_WINDOWS_CERTIFICATE', 'base64');
toFile('WINDOWS_CERTIFICATE_PASSWORD', 'RESET_DESK_WINDOWS_CERTIFICATE_PASSWORD_FILE', 'utf8');

const [program = '', ...args] = process.argv.slice(2);
const child = spawn(program, args, {
  stdio: 'inherit',
  env: environment,
  shell: process.platform === 'win32',
});
child.on('exit', (code) => {
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = code ?? 1;
});
