import type * as textApi from '../../../shared/api/text.ts';
import { Refusal } from '../../refusal.ts';
import type { TextOutbox } from '../../messaging/text-messages/text-outbox.ts';
import type { TextSender } from '../../messaging/text-messages/text-sender.ts';
import type { TextSettingsStore } from '../../messaging/text-messages/text-settings.ts';
import type { Handlers } from './handler.ts';

interface Collaborators {
  readonly settings: TextSettingsStore;
  readonly sender: TextSender;
  readonly outbox: TextOutbox;
}

/** The settings for text messages and their outbox over HTTP. */
export function createTextHandlers({ settings, sender, outbox }: Collaborators): Handlers<typeof textApi> {
  const view = async () => {
    const stored = await settings.read();
    return { ...stored.settings, secretStored: stored.secret !== null };
  };
  return {
    getTextSettings: view,
    changeTextSettings: async ({ body: { secret, ...changed }, origin }) => {
      await settings.change(changed, secret, origin);
      return view();
    },
    sendTestText: async ({ body: { to } }) => {
      const text = 'Test message from Reset Desk: text messages work.';
      const sent = await sender.send({ kind: 'test', to, text, accountId: null, caseId: null });
      if (sent.state === 'failed') {
        throw new Refusal('text.failed', { ...(sent.answer !== null && { detail: sent.answer }) });
      }
      return { delivery: sent.state, answer: sent.answer };
    },
    listOutboxTexts: async ({ query, session }) => {
      const active = (await settings.read()).settings.transport === 'outbox';
      return { active, texts: await outbox.list(query.limit, session.operator) };
    },
    getOutboxText: ({ params, origin }) => outbox.read(params.textId, origin),
  };
}
