import { spawn } from 'node:child_process';

/** Waits for a process for 30 seconds at most, then becomes the program. */
const script = `
tries=0
while kill -0 "$1" 2>/dev/null && [ "$tries" -lt 300 ]; do sleep 0.1; tries=$((tries + 1)); done
shift
exec "$@"
`;

/**
 * Starts an AppImage once this process has ended. Electron's own relaunch cannot: its waiting process runs from the AppImage's mount, which goes with
 * this process.
 */
export function startAfterExit(program: string, args: readonly string[]): void {
  spawn('/bin/sh', ['-c', script, 'sh', String(process.pid), program, ...args], {
    cwd: '/',
    detached: true,
    stdio: 'ignore',
  }).unref();
}
