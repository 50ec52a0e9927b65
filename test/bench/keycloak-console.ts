import type { Keycloak } from '../fixtures/keycloak.ts';

interface Described {
  readonly id: string;
  readonly type?: string;
}

/**
 * The requests that Keycloak's own administration console 26.7.3 sends for a reset: the search (`UserDataTable.tsx`), the user's page
 * (`EditUser.tsx`), its tab with the credentials (`UserCredentials.tsx`), and the dialog (`ResetPasswordDialog.tsx`). They were read from the source
 * maps of `org.keycloak.keycloak-admin-ui-26.7.3.jar`. Neither the console's own files nor the time to draw its pages are counted.
 */
export async function resetInConsole({ admin }: Keycloak, userName: string, password: string): Promise<void> {
  const search = new URLSearchParams({
    briefRepresentation: 'true',
    first: '0',
    max: '11',
    q: '',
    search: userName,
  });
  const [user] = (await admin('GET', `/ui-ext/brute-force-user?${search.toString()}`)) as Described[];
  if (user === undefined) throw new Error(`${userName} was not found`);
  const path = `/users/${user.id}`;
  await Promise.all([
    admin('GET', `${path}?userProfileMetadata=true`),
    admin('GET', `/attack-detection/brute-force/users/${user.id}`),
    admin('GET', `${path}/unmanagedAttributes`),
    admin('GET', '/users/profile'),
  ]);
  const credentials = async () => (await admin('GET', `${path}/credentials`)) as Described[];
  // The tab reads them twice: once for the user's own, once for those of a federation.
  await Promise.all([credentials(), credentials()]);
  await admin('PUT', `${path}/reset-password`, { type: 'password', temporary: true, value: password });
  const label = (await credentials()).find(({ type }) => type === 'password');
  if (label !== undefined) await admin('PUT', `${path}/credentials/${label.id}/userLabel`, 'My password');
  await credentials();
}
