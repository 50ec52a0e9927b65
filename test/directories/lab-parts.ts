import { Attribute, Change, Client } from 'ldapts';
import { outboundForTest } from '../../backend/outbound/outbound-for-test.ts';
import type { makeCertificateAuthority } from '../fixtures/certificate-authority.ts';
import { originateTls, terminateTls } from '../fixtures/tls-bridge.ts';
import { servicePassword, type Address, type DirectoryLab, type NewAccount } from './lab.ts';

/** The collaborators of every adapter under test, in addition to its settings. */
export const adapterCollaborators = { trust: outboundForTest().trust, now: () => Date.now() };

/** A bridge to the server, so that a proxy sees the protocol's bytes. */
export const bridgeTo =
  (
    server: Address,
    certificates: Awaited<ReturnType<typeof makeCertificateAuthority>>,
  ): DirectoryLab['through'] =>
  async (startProxy) => {
    const inner = await originateTls(server);
    const proxy = await startProxy(inner.port);
    const outer = await terminateTls(certificates.server, proxy.port);
    return {
      address: { host: '127.0.0.1', port: outer.port },
      stop: async () => {
        await outer.stop();
        await proxy.stop();
        await inner.stop();
      },
    };
  };

/** The changes of an LDAP entry, for a lab's administrator. */
export const replaced = (type: string, values: readonly string[] | readonly Buffer[]): Change =>
  new Change({
    operation: 'replace',
    modification: new Attribute({ type, values: [...values] as string[] }),
  });
export const memberRemoved = (dn: string): Change =>
  new Change({ operation: 'delete', modification: new Attribute({ type: 'member', values: [dn] }) });
export const memberAdded = (dn: string): Change =>
  new Change({ operation: 'add', modification: new Attribute({ type: 'member', values: [dn] }) });

/** Tries wrong passwords until the server locks the account, which it does after three. */
export async function lockByWrongPasswords(
  { host, port }: Address,
  authority: string,
  account: string,
): Promise<void> {
  for (let tries = 0; tries < 4; tries += 1) {
    const client = new Client({ url: `ldaps://${host}:${port}`, tlsOptions: { ca: authority } });
    await client.bind(account, 'Wrong-4711-Passw0rd').catch(() => undefined);
    await client.unbind();
  }
}

/** Waits until the server refuses the right password of an account. */
export async function untilRefused(
  { host, port }: Address,
  authority: string,
  account: string,
): Promise<void> {
  for (let isRefused = false; !isRefused;) {
    const client = new Client({ url: `ldaps://${host}:${port}`, tlsOptions: { ca: authority } });
    isRefused = await client.bind(account, servicePassword).then(
      () => false,
      () => true,
    );
    await client.unbind();
  }
}

/** The person in a new account's LDAP entry, by the names of the directory's attributes. */
export async function describedBy(
  { email, phones, employeeNumber, department, manager }: NewAccount,
  names: { readonly employeeNumber: string; readonly department: string },
  dnOf: (userName: string) => Promise<string>,
): Promise<Readonly<Record<string, string>>> {
  return {
    ...(email !== undefined && { mail: email }),
    ...(phones !== undefined && { mobile: phones[0], telephoneNumber: phones[1] }),
    ...(employeeNumber !== undefined && { [names.employeeNumber]: employeeNumber }),
    ...(department !== undefined && { [names.department]: department }),
    ...(manager !== undefined && { manager: await dnOf(manager) }),
  };
}
