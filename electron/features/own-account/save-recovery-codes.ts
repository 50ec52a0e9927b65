import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { ConsoleFailure } from '../../failure/console-failure.ts';

/** Saves recovery codes to a chosen file that only its owner can read. Returns its name; null if the operator cancelled. */
export const createSaveRecoveryCodes =
  (chooseTarget: (suggested: string) => Promise<string | null>) =>
  async ({ recoveryCodes }: { readonly recoveryCodes: readonly string[] }): Promise<string | null> => {
    const target = await chooseTarget('reset-desk-recovery-codes.txt');
    if (target === null) return null;
    const text = ['Reset Desk recovery codes. Each can be used once.', '', ...recoveryCodes, ''].join('\n');
    try {
      await writeFile(target, text, { mode: 0o600 });
    } catch {
      throw new ConsoleFailure('file.unwritable');
    }
    return basename(target);
  };
