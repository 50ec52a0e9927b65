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
  /** The folder of kept mails, which contains a folder for texts. */
  readonly outboxFolder: string;
  readonly now: () => number;
}

/** Builds the services of text messages: their settings, the sender, and the kept texts. */
export function createTextServices({ store, sealed, http, health, outboxFolder, now }: Collaborators) {
  const folder = join(outboxFolder, 'texts');
  const settings = createTextSettings({ store, sealed, onChange: () => health.forget('text'), now });
  return {
    settings,
    sender: createTextSender({ store, settings, http, health, outboxFolder: folder, now }),
    outbox: createTextOutbox({ store, folder }),
  };
}
