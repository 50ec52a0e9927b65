import { Secret } from '../../../shared/secret/secret.ts';
import { DirectoryFault, orOnFault } from '../external/directory-fault.ts';
import type { AccessPasses } from '../external/external-directory.ts';
import { fieldsOf, textOf } from '../external/json-fields.ts';
import type { TenantUsers } from './entra-accounts.ts';
import { faultOfAnswer, serverCodeOf, type GraphClient } from './graph-client.ts';
import { isGranted } from './permissions.ts';

const right = 'access-pass';
const passesOf = (key: string) => `/users/${key}/authentication/temporaryAccessPassMethods`;

/** Microsoft's Temporary Access Passes, each for a single use. A user has at most one, so a new pass replaces the old one. */
export function createTemporaryAccessPasses(client: GraphClient, users: TenantUsers): AccessPasses {
  const { server } = client;
  return {
    async issue(key, validFor) {
      const account = await users.find(key);
      if (account.signsInElsewhere) throw new DirectoryFault('not-possible', { server });
      const answer = await client.write('POST', passesOf(key), {
        lifetimeInMinutes: Math.floor(validFor / 60_000),
        isUsableOnce: true,
      });
      const serverCode = serverCodeOf(answer);
      // The tenant's policy for passes excludes the user or this lifetime.
      if (answer.status === 400)
        throw new DirectoryFault('password-refused', { server, serverCode, detail: 'no-pass' });
      if (answer.status === 403 && isGranted(await client.granted(), right))
        throw new DirectoryFault('right-missing', {
          server,
          serverCode,
          detail: (await orOnFault(users.isPrivileged(key), false)) ? 'reset-privileged' : 'directory-role',
        });
      if (answer.status < 200 || answer.status >= 300) throw faultOfAnswer(answer, right, server);
      const pass = textOf(fieldsOf(answer.json)['temporaryAccessPass']);
      // The pass exists but its value is unknown.
      if (pass === null) throw new DirectoryFault('outcome-unknown', { server, serverCode });
      return new Secret(pass);
    },
    async withdraw(key) {
      await users.find(key);
      for await (const page of client.pages(passesOf(key), right))
        for (const { id } of page) {
          const answer = await client.write('DELETE', `${passesOf(key)}/${encodeURIComponent(String(id))}`);
          if (answer.status >= 300 && answer.status !== 404) throw faultOfAnswer(answer, right, server);
        }
    },
  };
}
