import { createHash } from 'node:crypto';
import { logoLimits } from '../../../shared/api/logo.ts';
import { Refusal } from '../../refusal.ts';
import type { Origin } from '../../store/append-event.ts';
import type { Sealed } from '../../store/sealed.ts';
import { createSettings } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';
import { createShortMemory } from '../../scheduling/short-memory.ts';
import { plainPng, UnusablePicture } from './plain-png.ts';

interface StoredLogo {
  /** A PNG in base64. */
  readonly image: string;
  readonly width: number;
  readonly height: number;
}

/** The logo as pages show it. */
export interface ShownLogo {
  /** Contains part of the picture's hash, so that browsers may cache it. */
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: Buffer;
}

export interface Logo {
  view(): Promise<{ logo: StoredLogo | null }>;
  /** Throws `request.invalid` with the reason for a picture that cannot be used. */
  change(image: string, origin: Origin): Promise<void>;
  remove(origin: Origin): Promise<void>;
  /** The logo as it was read at most {@link maxAge} ago; null without one. */
  shown(): Promise<ShownLogo | null>;
}

/** Milliseconds after which another backend's change is seen. */
const maxAge = 5_000;
const name = 'logo';

/** The organisation's logo, stored in the database as plain pixels. */
export function createLogo({
  store,
  sealed,
  now,
}: {
  readonly store: Store;
  readonly sealed: Sealed;
  readonly now: () => number;
}): Logo {
  const settings = createSettings({ store, sealed, now });
  const read = async (): Promise<StoredLogo | null> => {
    const text = await settings.read(name);
    return text === undefined ? null : (JSON.parse(text) as StoredLogo | null);
  };
  const memory = createShortMemory<ShownLogo | null>(maxAge, () => performance.now());
  const readShown = async (): Promise<ShownLogo | null> => {
    const stored = await read();
    if (stored === null) return null;
    const hash = createHash('sha256').update(stored.image).digest('base64url').slice(0, 10);
    const { image, width, height } = stored;
    return { path: `/logo.png?${hash}`, width, height, bytes: Buffer.from(image, 'base64') };
  };
  const put = async (stored: StoredLogo | null, origin: Origin) => {
    await store.change(origin, async (tx, record) => {
      await settings.write(tx, name, stored);
      const facts = stored === null ? {} : { width: stored.width, height: stored.height };
      await record({ action: stored === null ? 'logo.removed' : 'logo.changed', facts });
    });
    memory.forget(name);
  };
  return {
    view: async () => ({ logo: await read() }),
    async change(image, origin) {
      try {
        const { bytes, width, height } = plainPng(Buffer.from(image, 'base64'), logoLimits);
        await put({ image: bytes.toString('base64'), width, height }, origin);
      } catch (thrown) {
        if (!(thrown instanceof UnusablePicture)) throw thrown;
        const { message } = thrown;
        throw new Refusal('request.invalid', {
          fields: [{ path: 'body.image', message }],
          detail: message,
        });
      }
    },
    remove: (origin) => put(null, origin),
    async shown() {
      return memory.of(name, readShown);
    },
  };
}
