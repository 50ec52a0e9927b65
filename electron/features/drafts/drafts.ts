import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { z } from 'zod';
import { draftTexts } from '../../../shared/bridge/contract/drafts.ts';
import { Secret } from '../../../shared/secret/secret.ts';
import type { GroupHandlers } from '../../bridge/handlers.ts';
import type { Log } from '../../log/log.ts';
import type { Keychain } from '../../services/keychain/keychain.ts';
import { writeWhole } from '../../services/settings-file/write-whole.ts';
import type { Session } from '../session/session.ts';

/** The time in milliseconds after which unused texts are removed. */
const keptMs = 24 * 3_600_000;
const keychainAccount = 'drafts';
const [keyBytes, nonceBytes, tagBytes] = [32, 12, 16];

const content = z.object({ operator: z.string(), savedAt: z.number(), texts: draftTexts });

interface Collaborators {
  /** The file in the folder of the user's data. */
  readonly path: string;
  readonly keychain: Pick<Keychain, 'state' | 'read' | 'store'>;
  readonly session: Pick<Session, 'view' | 'assertUsable'>;
  readonly log: Log;
  readonly now: () => number;
}

interface Drafts {
  readonly handlers: GroupHandlers<'drafts'>;
  /** Removes the kept texts, when the operator signs out. */
  readonly forget: () => void;
}

/**
 * Keeps texts that the operator has typed and not sent in an encrypted file (AES-256-GCM), whose key is in the operating system's keychain. Without a
 * keychain nothing is written, and the texts are lost when the console quits.
 */
export function createDrafts({ path, keychain, session, log, now }: Collaborators): Drafts {
  let writing: Promise<unknown> = Promise.resolve();
  let known: Buffer | null = null;
  /** The keychain gave no key. It may ask the user for its password each time, so it is asked again only after a sign-in or an unlock. */
  let isRefused = false;

  const messageOf = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown));
  const remove = async (): Promise<void> => {
    try {
      await rm(path, { force: true });
    } catch (thrown) {
      log.warn('drafts could not be removed', { message: messageOf(thrown) });
    }
  };
  /** The file; null without one, or if it cannot be read. */
  async function readSealed(): Promise<Buffer | null> {
    try {
      return await readFile(path);
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT')
        log.warn('drafts could not be read', { message: messageOf(thrown) });
      return null;
    }
  }

  /** The key, from the keychain the first time. Null without a keychain. */
  async function readKey(): Promise<Buffer | null> {
    if (known !== null || isRefused) return known;
    known = (await keychain.state()) === 'ready' ? await askForKey() : null;
    isRefused = known === null;
    return known;
  }
  /** The keychain's key, which is created if it has none. */
  async function askForKey(): Promise<Buffer | null> {
    const found = await keychain.read(keychainAccount);
    const bytes = found === null ? null : Buffer.from(found.expose(), 'base64');
    if (bytes?.length === keyBytes) return bytes;
    const made = randomBytes(keyBytes);
    try {
      await keychain.store(keychainAccount, new Secret(made.toString('base64')));
      return made;
    } catch {
      // The keychain has logged why.
      return null;
    }
  }
  const operatorId = (): string => {
    session.assertUsable();
    return session.view()?.operator.id ?? '';
  };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = writing.then(work);
    // The caller gets the failure from `done`; the next one only waits for its turn.
    writing = done.catch(() => undefined);
    return done;
  };

  const handlers: GroupHandlers<'drafts'> = {
    load: () =>
      inTurn(async () => {
        const operator = operatorId();
        isRefused = false;
        const sealed = await readSealed();
        const key = sealed === null ? null : await readKey();
        if (sealed === null || key === null) return [];
        const found = openSealed(sealed, key);
        const isUsable = found?.operator === operator && now() - found.savedAt < keptMs;
        if (isUsable) return found.texts;
        await remove();
        return [];
      }),
    save: ({ texts }) =>
      inTurn(async () => {
        const operator = operatorId();
        if (texts.length === 0) {
          await remove();
          return null;
        }
        const key = await readKey();
        if (key === null) return null;
        await writeWhole(path, seal(JSON.stringify({ operator, savedAt: now(), texts }), key)).catch(
          (thrown: unknown) => {
            log.warn('drafts could not be written', { message: messageOf(thrown) });
          },
        );
        return null;
      }),
  };
  const forget = async (): Promise<void> => {
    known?.fill(0);
    known = null;
    await remove();
  };
  return { handlers, forget: () => void inTurn(forget) };
}

/** Nonce, tag and text, encrypted. */
function seal(text: string, key: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), encrypted]);
}

/** Decrypts what {@link seal} made; null if it was damaged or made with another key. */
function openSealed(sealed: Buffer, key: Buffer): z.infer<typeof content> | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
    const text = Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
    return content.parse(JSON.parse(text.toString('utf8')));
  } catch {
    return null;
  }
}
