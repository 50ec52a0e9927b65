import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { changeSyslogStream, changeWebhookStream } from '../../../shared/api/audit-stream.ts';
import type {
  addDirectory,
  allowClosures,
  allowDirectoryChanges,
  changeDirectory,
} from '../../../shared/api/directories.ts';
import type { ExternalDirectorySettings } from '../../../shared/api/directory-settings.ts';
import type {
  changeDirectorySignIn,
  DirectorySignInSettings,
} from '../../../shared/api/directory-sign-in.ts';
import type { changeMailSettings } from '../../../shared/api/mail.ts';
import type { changeTemplate, TemplateName } from '../../../shared/api/mail-template.ts';
import { changedRules, weakenedRules } from '../../../shared/api/policy-weakening.ts';
import type { changePolicy } from '../../../shared/api/policy-calls.ts';
import type { changeProvider } from '../../../shared/api/provider.ts';
import type { changeTextSettings } from '../../../shared/api/text.ts';
import type { changeTrust } from '../../../shared/api/trust.ts';
import type { StreamSettings } from '../../audit/stream/stream-settings.ts';
import type { DirectorySettingsStore } from '../../directories/configured/directory-settings.ts';
import type { MailSettingsStore } from '../../messaging/mail/mail-settings.ts';
import type { Templates } from '../../messaging/mail/templates/templates.ts';
import type { TextSettingsStore } from '../../messaging/text-messages/text-settings.ts';
import type { DirectorySignInStore } from '../../operators/directory/change-settings.ts';
import { describeScope } from '../../operators/operator-changes.ts';
import type { ProviderSettingsStore } from '../../operators/provider/provider-settings.ts';
import type { TrustSettingsStore } from '../../outbound/trust-settings.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { Refusal } from '../../refusal.ts';
import { changedFields, changedSecret, ofSettings, type Acts } from '../description.ts';

type Body<E extends { body: z.ZodType }> = z.output<E['body']>;

export interface SettingsCollaborators {
  readonly policy: PolicyInForce;
  readonly mail: MailSettingsStore;
  readonly templates: Templates;
  readonly texts: TextSettingsStore;
  readonly provider: ProviderSettingsStore;
  readonly trust: TrustSettingsStore;
  readonly streams: StreamSettings;
  readonly directories: Pick<DirectorySettingsStore, 'list' | 'view'>;
  readonly directorySignIn: Pick<DirectorySignInStore, 'read'>;
}

/** Certificates are long, so the first characters of a hash represent them. */
const shortHash = (pem: string): string | null =>
  pem === '' ? null : `SHA-256 ${createHash('sha256').update(pem).digest('hex').slice(0, 16)}`;

/** A directory's settings as a flat list of fields; lists and objects become JSON. */
const directoryFields = (name: string, settings: ExternalDirectorySettings, enabled: boolean) => {
  const { authorities, ...others } = settings;
  const written = Object.entries(others).map(([field, value]) => [
    field,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return {
    name,
    enabled: `${enabled}`,
    authorities: shortHash(authorities),
    ...(Object.fromEntries(written) as Record<string, string>),
  };
};

/** The settings of operators' sign-in with a directory, in words: people read the descriptions. */
const signInFields = async (
  { enabled, directoryId, roles, scope }: DirectorySignInSettings,
  directories: SettingsCollaborators['directories'],
) => {
  const all = await directories.list();
  const names = new Map(all.map(({ id, name }) => [id, name]));
  return {
    enabled,
    directoryId: directoryId === null ? null : (names.get(directoryId) ?? directoryId),
    roles: roles.map(({ group, role }) => `${role}: ${group}`).join('; '),
    scope: describeScope(scope, names),
  };
};

/** The acts that change external directories. */
const directoryActs = (directories: SettingsCollaborators['directories']) => {
  const byId = async (params: unknown) => directories.view((params as { directoryId: string }).directoryId);
  return {
    addDirectory: async ({ body }) => {
      const { name, settings } = body as Body<typeof addDirectory>;
      return ofSettings(changedFields({}, directoryFields(name, settings, true)), name);
    },
    changeDirectory: async ({ params, body }) => {
      const { name, settings, secret, enabled } = body as Body<typeof changeDirectory>;
      const before = await byId(params);
      const fields = changedFields(
        directoryFields(before.name, before.settings, before.enabled),
        directoryFields(name, settings, enabled),
      );
      return ofSettings([...fields, ...changedSecret('secret', secret, before.secretStored)], before.name);
    },
    allowClosures: async ({ params, body }) => {
      const { hours, reason } = body as Body<typeof allowClosures>;
      const { name, held } = await byId(params);
      const accounts = held === null ? '' : `${held.accounts} accounts, `;
      return ofSettings(
        [{ name: 'allowed', from: null, to: `${accounts}${hours} hours: ${reason}`, secret: false }],
        name,
      );
    },
    allowDirectoryChanges: async ({ params, body }) => {
      const { until, reason } = body as Body<typeof allowDirectoryChanges>;
      const { name, heldChanges } = await byId(params);
      const accounts = heldChanges === null ? '' : `${heldChanges.accounts} accounts, `;
      return ofSettings(
        [{ name: 'allowed', from: null, to: `${accounts}as held until ${until}: ${reason}`, secret: false }],
        name,
      );
    },
    removeDirectory: async ({ params }) => {
      const { name } = await byId(params);
      return ofSettings([{ name: 'name', from: name, to: null, secret: false }], name);
    },
  } satisfies Partial<Acts>;
};

const policyAct =
  (policy: PolicyInForce): Acts['changePolicy'] =>
  async ({ body }) => {
    const { basedOn, document } = body as Body<typeof changePolicy>;
    const { version, document: before } = await policy.current();
    // A comparison with another version than the current one is meaningless.
    if (basedOn !== version)
      throw new Refusal('request.conflict', {
        detail: 'The policy was changed in the meantime. Reload it.',
      });
    if (weakenedRules(before, document).length === 0) return null;
    return ofSettings(
      changedRules(before, document).map(({ rule, from, to }) => ({ name: rule, from, to, secret: false })),
    );
  };

/** The acts that change the desk's own settings. */
export function createSettingsActs({
  policy,
  mail,
  templates,
  texts,
  provider,
  trust,
  streams,
  directories,
  directorySignIn,
}: SettingsCollaborators) {
  return {
    ...directoryActs(directories),
    changePolicy: policyAct(policy),
    changeMailSettings: async ({ body }) => {
      const { password, ...after } = body as Body<typeof changeMailSettings>;
      const before = await mail.read();
      return ofSettings([
        ...changedFields(before.settings, after),
        ...changedSecret('password', password, before.password !== null),
      ]);
    },
    changeTemplate: async ({ params, body }) => {
      const { template } = params as { template: TemplateName };
      const { words } = body as Body<typeof changeTemplate>;
      const before = (await templates.list()).find(({ name }) => name === template);
      if (before === undefined) return null;
      const { subject, body: text, original } = before;
      const fields =
        words === null
          ? changedFields({ original: `${original}` }, { original: 'true' })
          : changedFields({ subject, body: text }, words);
      return ofSettings(fields, template);
    },
    changeTextSettings: async ({ body }) => {
      const { secret, ...after } = body as Body<typeof changeTextSettings>;
      const before = await texts.read();
      return ofSettings([
        ...changedFields(before.settings, after),
        ...changedSecret('secret', secret, before.secret !== null),
      ]);
    },
    changeProvider: async ({ body }) => {
      const { secret, ...after } = body as Body<typeof changeProvider>;
      const before = await provider.read();
      return ofSettings([
        ...changedFields(before.settings, after),
        ...changedSecret('secret', secret, before.secret !== null),
      ]);
    },
    changeDirectorySignIn: async ({ body }) => {
      const before = await directorySignIn.read();
      return ofSettings(
        changedFields(
          await signInFields(before, directories),
          await signInFields(body as Body<typeof changeDirectorySignIn>, directories),
        ),
      );
    },
    changeTrust: async ({ body }) => {
      const { authorities, clientCertificate, clientKey } = body as Body<typeof changeTrust>;
      const before = await trust.view();
      return ofSettings([
        ...changedFields(
          {
            authorities: shortHash(before.authorities),
            clientCertificate: shortHash(before.clientCertificate),
          },
          { authorities: shortHash(authorities), clientCertificate: shortHash(clientCertificate) },
        ),
        ...changedSecret('clientKey', clientKey, before.clientKeyStored),
      ]);
    },
    changeSyslogStream: async ({ body }) => {
      const { begin: _begin, ...after } = body as Body<typeof changeSyslogStream>;
      return ofSettings(changedFields(await streams.syslog(), after));
    },
    changeWebhookStream: async ({ body }) => {
      const { begin: _begin, secret, ...after } = body as Body<typeof changeWebhookStream>;
      const before = await streams.webhook();
      return ofSettings([
        ...changedFields(before.settings, after),
        ...changedSecret('secret', secret, before.secret !== null),
      ]);
    },
  } satisfies Partial<Acts>;
}
