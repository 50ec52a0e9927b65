import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSecretKey } from './secret-key.ts';

describe('the key of a data folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'reset-desk-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('is created once, readable by its owner alone, and stays the same', () => {
    const first = openSecretKey(folder);
    expect(first).toHaveLength(32);
    expect(openSecretKey(folder)).toEqual(first);
    expect(statSync(join(folder, 'secret.key')).mode & 0o777).toBe(0o600);
  });

  it('is refused when others can read it', () => {
    openSecretKey(folder);
    chmodSync(join(folder, 'secret.key'), 0o644);
    expect(() => openSecretKey(folder)).toThrow('chmod 600');
  });

  it('is refused when it is damaged, instead of being replaced', () => {
    writeFileSync(join(folder, 'secret.key'), 'short', { mode: 0o600 });
    expect(() => openSecretKey(folder)).toThrow('backup');
  });
});
