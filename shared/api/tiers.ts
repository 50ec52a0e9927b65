/** How much assurance a reset of an account needs, from little to much. */
export const tiers = ['standard', 'sensitive', 'privileged'] as const;

/** Where accounts and passwords live. */
export const directories = ['built-in', 'active-directory', 'ldap', 'keycloak'] as const;
