import type { DirectorySignInSettings, DirectorySignInView } from '../../../shared/api/directory-sign-in.ts';
import type { DirectoryRegistry } from '../../directories/configured/directory-registry.ts';
import type { Live } from '../../live/live.ts';
import { Refusal } from '../../refusal.ts';
import type { Origin } from '../../store/append-event.ts';
import type { Sealed } from '../../store/sealed.ts';
import { createSettings } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';
import { readLocalAdministrators } from '../remaining-administrator.ts';
import { endSessions, publishEnded } from '../session-list.ts';
import { readDirectorySignIn, settingName } from './sign-in-settings.ts';

export interface DirectorySignInStore {
  read(): Promise<DirectorySignInSettings>;
  view(): Promise<DirectorySignInView>;
  /** Throws `request.invalid` and `directory-sign-in.no-local-administrator`. */
  change(settings: DirectorySignInSettings, origin: Origin): Promise<void>;
}

/** The settings of operators' sign-in with a directory. */
export function createDirectorySignInStore({
  store,
  sealed,
  registry,
  live,
  now,
}: {
  readonly store: Store;
  readonly sealed: Sealed;
  readonly registry: DirectoryRegistry;
  readonly live: Live;
  readonly now: () => number;
}): DirectorySignInStore {
  const stored = createSettings({ store, sealed, now });
  const read = () => readDirectorySignIn(store.db);
  /** The directories that can verify a password and report the groups of an account. */
  const possible = async () =>
    (await registry.all()).filter(
      ({ external }) => external.capabilities.verifyPassword === true && external.groupsOf !== undefined,
    );
  const assertComplete = async ({ enabled, directoryId, roles }: DirectorySignInSettings) => {
    if (!enabled) return;
    const isPossible = (await possible()).some(({ id }) => id === directoryId);
    const fields = [
      ...(isPossible
        ? []
        : [
            {
              path: 'body.directoryId',
              message: 'Choose an Active Directory or LDAP directory that is turned on.',
            },
          ]),
      ...(roles.length > 0 ? [] : [{ path: 'body.roles', message: 'Enter the group of at least one role.' }]),
    ];
    if (fields.length > 0) throw new Refusal('request.invalid', { fields });
  };

  return {
    read,
    view: async () => ({
      ...(await read()),
      directories: (await possible()).map(({ id, name }) => ({ id, name })),
      localAdministrators: (await readLocalAdministrators(store.db)).map(({ display_name }) => display_name),
    }),
    async change(settings, origin) {
      await assertComplete(settings);
      const ended = await store.change(origin, async (tx, record) => {
        if (settings.enabled && (await readLocalAdministrators(tx)).length === 0)
          throw new Refusal('directory-sign-in.no-local-administrator');
        const linked = await tx
          .selectFrom('operators')
          .select('id')
          .where('directory_id', 'is not', null)
          .where('directory_id', '!=', (settings.enabled ? settings.directoryId : null) ?? '')
          .execute();
        await stored.write(tx, settingName, settings);
        const { enabled, directoryId, roles } = settings;
        await record({
          action: 'directory-sign-in.changed',
          facts: {
            enabled,
            directory: directoryId,
            roles: roles.map(({ group, role }) => `${role}: ${group}`).join('; '),
          },
        });
        const sessions: string[] = [];
        for (const { id } of linked) sessions.push(...(await endSessions(tx, record, id, now())));
        return sessions;
      });
      publishEnded(live, ended);
    },
  };
}
