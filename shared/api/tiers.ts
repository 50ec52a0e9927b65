/** The assurance that a reset of an account needs, from the lowest. */
export const tiers = ['standard', 'sensitive', 'privileged'] as const;

/** The kinds of directory. */
export const directories = ['built-in', 'active-directory', 'ldap', 'keycloak', 'entra'] as const;
