import { spawnSync } from 'node:child_process';

/** The command itself, or the command on a virtual display if the system has none. */
export function onDisplay(
  command: readonly string[],
  say: (line: string) => void = console.log,
): readonly string[] {
  if (process.platform !== 'linux') return command;
  if ((process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'] ?? '') !== '') return command;
  if (spawnSync('sh', ['-c', 'command -v xvfb-run']).status !== 0) {
    throw new Error('There is no display and no virtual one. Install it: apt-get install xvfb xauth');
  }
  say('No display: a virtual one is used.');
  return ['xvfb-run', '--auto-servernum', '--server-args=-screen 0 1400x900x24', ...command];
}
