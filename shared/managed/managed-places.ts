/** Where Windows keeps managed settings, below `HKEY_LOCAL_MACHINE` and `HKEY_CURRENT_USER`; the system protects it from the user. */
export const registryKey = 'Software\\Policies\\Reset Desk';

/** Bundle ID on macOS, and there the preference domain of configuration profiles; application user model ID on Windows. */
export const appId = 'com.example.reset-desk';

/** Where administrators of Linux computers put the settings that they manage. */
export const policyFile = '/etc/reset-desk/policy.json';
