import { join } from 'node:path';
import type { Sealed } from '../../store/sealed.ts';
import type { ChannelHealth } from '../channel-health.ts';
import type { HttpClient } from '../../outbound/http-client.ts';
import type { Store } from '../../store/store.ts';
import { createTextOutbox } from './text-outbox.ts';
import { createTextSender } from './text-sender.ts';
import { createTextSettings } from './text-settings.ts';

interface Collaborators {
  readonly store: Store;
  readonly sealed: Sealed;
  readonly http: HttpClient;
  readonly health: ChannelHealth;
  /** The folder of kept mails; texts have one of their own in it. */
  readonly outboxFolder: string;
  readonly now: () => number;
}

/** Everything about texts to phones: their settings, the way out, and those that were kept. */
export function createTextServices({ store, sealed, http, health, outboxFolder, now }: Collaborators) {
  const folder = join(outboxFolder, 'texts');
  const settings = createTextSettings({ store, sealed, onChange: () => health.forget('text'), now });
  return {
    settings,
    sender: createTextSender({ store, settings, http, health, outboxFolder: folder, now }),
    outbox: createTextOutbox({ store, folder }),
  };
}
