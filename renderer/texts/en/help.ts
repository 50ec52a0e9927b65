/** Texts around the documentation and the licences within the console. */
export const helpTexts = {
  documentation: 'Documentation',
  close: 'Close',
  page: 'Page',
  /** Keys are file paths in `docs`, with `_` for the slash after a folder. */
  pages: {
    operators: 'For operators',
    administrators: 'For administrators',
    imports: 'Importing accounts',
    connections: 'Connections to other servers',
    'directories_active-directory': 'Active Directory',
    directories_ldap: 'LDAP',
    directories_keycloak: 'Keycloak',
    installing_README: 'Installing',
    installing_server: 'Installing a server',
    installing_windows: 'Installing on Windows',
    installing_macos: 'Installing on macOS',
    installing_linux: 'Installing on Linux',
    'managed-settings': 'Managed settings',
    'deep-links': 'Links from ticket and telephone systems',
    updates: 'Updates of the console',
    proxy: 'Behind a reverse proxy',
    bounces: 'Undeliverable emails',
    postgresql: 'PostgreSQL',
    backup: 'Backup',
    audit: 'The audit log and evidence packs',
    security: 'Security',
    hardening: 'Hardening of the console',
  },
  licences: 'Third-party licences',
  licencesMissing:
    'The list is part of installed packages: third-party-licences.txt beside the application. This console runs from its sources.',
} as const;
