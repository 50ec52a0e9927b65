import type { LdapConnection } from './ldap-connection.ts';

/**
 * The connection with pages that are small and follow each other with pauses, in which the process answers requests: for reads of many entries beside which
 * operators work.
 */
export const paced = (connection: LdapConnection): LdapConnection => {
  const pages: LdapConnection['pages'] = (search, signal) =>
    connection.pages(search, signal, { isPaced: true });
  // A connection has getters, of which a copy would keep the first values.
  return Object.create(connection, { pages: { value: pages } }) as LdapConnection;
};
