import { DirectoryFault } from '../external/directory-fault.ts';
import { fieldsOf } from '../external/json-fields.ts';
import type { KeycloakClient } from './keycloak-client.ts';

/** The events of users by which changes of accounts are noticed. */
const neededTypes = ['REGISTER', 'UPDATE_PROFILE', 'UPDATE_EMAIL', 'DELETE_ACCOUNT'];

/** Whether the realm records the events of users and of administrators, and the client may read them. */
export async function recordsEvents(
  client: Pick<KeycloakClient, 'get'>,
  signal?: AbortSignal,
): Promise<boolean> {
  try {
    const { json } = await client.get('/events/config', 'read-accounts', signal);
    const { eventsEnabled, adminEventsEnabled, enabledEventTypes: types } = fieldsOf(json);
    if (eventsEnabled !== true || adminEventsEnabled !== true) return false;
    return !Array.isArray(types) || types.length === 0 || neededTypes.every((type) => types.includes(type));
  } catch (thrown) {
    if (thrown instanceof DirectoryFault && thrown.code === 'right-missing') return false;
    throw thrown;
  }
}
