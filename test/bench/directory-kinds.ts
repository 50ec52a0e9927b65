import { Attribute, Change, Client } from 'ldapts';
import { startActiveDirectoryLab } from '../directories/active-directory-lab.ts';
import { startKeycloakLab } from '../directories/keycloak-lab.ts';
import { servicePassword, type DirectoryLab } from '../directories/lab.ts';
import { startOpenldapLab } from '../directories/ldap-lab.ts';
import { hasKeycloak } from '../fixtures/keycloak.ts';
import { hasOpenldap } from '../fixtures/openldap.ts';
import { hasSamba } from '../fixtures/samba.ts';
import { resetInConsole } from './keycloak-console.ts';

/** A directory with accounts, and the same work by its bare protocol: what the desk is compared with. */
export interface MeasuredDirectory {
  readonly lab: DirectoryLab;
  /** Reads all accounts; answers how many. */
  bareRead(): Promise<number>;
  /** The bare call that resets the account. What it needs to know is read before. */
  bareReset(userName: string): Promise<(password: string) => Promise<unknown>>;
  /** Searches, opens and resets as the directory's own console does; absent where it has none with a protocol of its own. */
  readonly consoleReset?: (userName: string, password: string) => Promise<void>;
  close(): Promise<void>;
}

/** The account of a user name such as `bench.reset7`. */
const described = (userName: string) => ({
  userName,
  displayName: `Bench ${userName}`,
  email: `${userName}@example.com`,
});

const replaced = (type: string, values: readonly string[] | readonly Buffer[]) =>
  new Change({
    operation: 'replace',
    modification: new Attribute({ type, values: [...values] as string[] }),
  });

/** A signed-in connection as the service account, and a read of all accounts by it. */
async function bareLdap(lab: DirectoryLab, people: string) {
  const { host, port } = lab.server;
  const { serviceAccount } = lab.settings as { readonly serviceAccount: string };
  const client = new Client({ url: `ldaps://${host}:${port}`, tlsOptions: { ca: lab.authority } });
  await client.bind(serviceAccount, servicePassword);
  return {
    client,
    read: async () => {
      let count = 0;
      const options = { filter: '(objectClass=person)', attributes: ['*', '+'], paged: { pageSize: 1000 } };
      for await (const { searchEntries } of client.searchPaginated(people, options))
        count += searchEntries.length;
      return count;
    },
  };
}

async function openldap(userNames: readonly string[]): Promise<MeasuredDirectory> {
  const people = 'ou=people,dc=corp,dc=test';
  const entries = userNames.map(described).map(
    ({ userName, displayName, email }) => `
dn: uid=${userName},${people}
objectClass: inetOrgPerson
uid: ${userName}
cn: ${displayName}
sn: ${userName}
mail: ${email}
`,
  );
  const lab = await startOpenldapLab({ entries: entries.join(''), isDurable: true });
  const { client, read } = await bareLdap(lab, people);
  return {
    lab,
    bareRead: read,
    bareReset: async (uid) => (password) =>
      client.modify(`uid=${uid},${people}`, [
        replaced('userPassword', [password]),
        replaced('pwdReset', ['TRUE']),
      ]),
    close: async () => {
      await client.unbind();
      await lab.stop();
    },
  };
}

async function activeDirectory(userNames: readonly string[]): Promise<MeasuredDirectory> {
  const lab = await startActiveDirectoryLab();
  const add = (userName: string) =>
    lab.samba.administrator.add(`CN=${userName},${lab.staff}`, {
      objectClass: 'user',
      sAMAccountName: userName,
      displayName: described(userName).displayName,
      mail: described(userName).email,
      // A normal account that is enabled without a password.
      userAccountControl: '544',
    });
  for (let at = 0; at < userNames.length; at += 50) await Promise.all(userNames.slice(at, at + 50).map(add));
  const { client, read } = await bareLdap(lab, lab.staff);
  return {
    lab,
    bareRead: read,
    bareReset: async (userName) => (password) =>
      client.modify(`CN=${userName},${lab.staff}`, [
        replaced('unicodePwd', [Buffer.from(`"${password}"`, 'utf16le')]),
        replaced('pwdLastSet', ['0']),
      ]),
    close: async () => {
      await client.unbind();
      await lab.stop();
    },
  };
}

/** As many users as the adapter asks for at once. */
const pageSize = 500;

async function keycloak(userNames: readonly string[]): Promise<MeasuredDirectory> {
  const lab = await startKeycloakLab({
    isForMeasuring: true,
    // Without passwords, since a hash for each takes longer than the rest.
    users: userNames.map((username) => ({
      username,
      enabled: true,
      firstName: 'Bench',
      lastName: username,
      email: described(username).email,
    })),
  });
  const { admin } = lab.keycloak;
  return {
    lab,
    bareRead: async () => {
      for (let first = 0; ; first += pageSize) {
        const page = (await admin(
          'GET',
          `/users?briefRepresentation=false&first=${first}&max=${pageSize}`,
        )) as readonly unknown[];
        if (page.length < pageSize) return first + page.length;
      }
    },
    bareReset: async (userName) => {
      const path = `/users/${await lab.idOf(userName)}/reset-password`;
      return (value) => admin('PUT', path, { type: 'password', temporary: true, value });
    },
    consoleReset: (userName, password) => resetInConsole(lab.keycloak, userName, password),
    close: () => lab.stop(),
  };
}

/** Each kind that is installed here: how it starts with accounts of these user names, and how many are read in a quick run and in a whole one. */
export const measuredKinds = {
  openldap: { isHere: hasOpenldap, start: openldap, accounts: { quick: 2000, whole: 100_000 } },
  'active-directory': { isHere: hasSamba, start: activeDirectory, accounts: { quick: 400, whole: 10_000 } },
  keycloak: { isHere: hasKeycloak, start: keycloak, accounts: { quick: 500, whole: 10_000 } },
} as const;
