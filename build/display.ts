import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

const screen = '1400x900x24';

const hasDisplay = () => (process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'] ?? '') !== '';

/** The command itself, or the command on a virtual display if the system has none. */
export function onDisplay(
  command: readonly string[],
  say: (line: string) => void = console.log,
): readonly string[] {
  if (process.platform !== 'linux') return command;
  if (hasDisplay()) return command;
  if (spawnSync('sh', ['-c', 'command -v xvfb-run']).status !== 0) {
    throw new Error('There is no display and no virtual one. Install it: apt-get install xvfb xauth');
  }
  say('No display: a virtual one is used.');
  return ['xvfb-run', '--auto-servernum', `--server-args=-screen 0 ${screen}`, ...command];
}

/** Virtual displays for programs that must not take the focus or the clipboard from each other. */
interface VirtualDisplays {
  /** Values of `DISPLAY`, such as `:101`; empty if the system has a display, which is then shared. */
  readonly names: readonly string[];
  readonly stop: () => void;
}

/** Starts virtual displays if the system has none. Local users may connect, since tests start programs as another user. */
export async function startDisplays(count: number): Promise<VirtualDisplays> {
  if (process.platform !== 'linux' || hasDisplay()) return { names: [], stop: () => {} };
  const servers = Array.from({ length: count }, () =>
    spawn('Xvfb', ['-displayfd', '1', '-screen', '0', screen, '-nolisten', 'tcp', '-ac'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  const names = await Promise.all(
    servers.map(async (server) => {
      const [number] = await Promise.race([
        once(server.stdout, 'data'),
        once(server, 'exit').then(() => {
          throw new Error('Xvfb ended before it had a display.');
        }),
      ]);
      return `:${String(number).trim()}`;
    }),
  );
  return { names, stop: () => servers.forEach((server) => server.kill()) };
}
