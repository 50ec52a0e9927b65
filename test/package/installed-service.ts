import { once } from 'node:events';
import { expect } from '@playwright/test';
import { product } from '../../build/packages/identity.ts';
import type { ThrowawayRoot } from './throwaway-root.ts';

const { data, user } = product.linux.service;

/**
 * Runs the installed backend as its unit does: as its own user, without privileges, and with write access only to its data. `before` are the words of
 * a command that starts it. `work` gets the address of the Reset API and the setup code, if there is no administrator yet.
 */
export async function withService<T>(
  root: ThrowawayRoot,
  work: (url: string, setupCode: Promise<string>) => Promise<T>,
  before: readonly string[] = [],
): Promise<T> {
  const child = root.start(
    [
      'unshare',
      '--mount',
      'sh',
      '-ec',
      `mount --bind ${data} ${data}; mount -o remount,bind,ro /; exec setpriv --reuid=${user} --regid=${user} --clear-groups --no-new-privs --bounding-set=-all "$@"`,
      'sh',
      ...before,
      `/usr/bin/${product.backendCommand}`,
    ],
    { env: { RESET_DESK_DATA: data, RESET_DESK_PORT: '0', HOME: data } },
  );
  let [out, err] = ['', ''];
  const setupCode = new Promise<string>((resolve) => {
    child.stdout?.on('data', (chunk) => {
      out += String(chunk);
      const [, code] = /setup code: (\S+)\n/.exec(out) ?? [];
      if (code !== undefined) resolve(code);
    });
  });
  const port = await new Promise<string>((resolve, reject) => {
    child.stderr?.on('data', (chunk) => {
      err += String(chunk);
      const [, found] = /"event":"listening".*"port":(\d+)/.exec(err) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', () => reject(new Error(`The backend ended: ${out}${err}`)));
  });
  try {
    return await work(`http://127.0.0.1:${port}/api/v1`, setupCode);
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  }
}
