import type * as trustApi from '../../../shared/api/trust.ts';
import type { TrustSettingsStore } from '../../outbound/trust-settings.ts';
import type { Handlers } from './handler.ts';

/** The certificates for outgoing connections over HTTP; `onChange` lets waiting connections be tried again at once. */
export const createTrustHandlers = (
  settings: TrustSettingsStore,
  onChange: () => void,
): Handlers<typeof trustApi> => ({
  getTrust: () => settings.view(),
  changeTrust: async ({ body: { clientKey, ...chosen }, origin }) => {
    await settings.change(chosen, clientKey, origin);
    onChange();
    return settings.view();
  },
});
