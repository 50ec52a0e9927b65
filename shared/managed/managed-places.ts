/** Where Windows keeps managed settings, below `HKEY_LOCAL_MACHINE` and `HKEY_CURRENT_USER`; the system protects it from the user. */
export const registryKey = 'Software\\Policies\\Reset Desk';

/** The preference domain of configuration profiles on macOS, which is the app's bundle id. */
export const preferenceDomain = 'com.example.reset-desk';

/** Where administrators of Linux computers put the settings that they manage. */
export const policyFile = '/etc/reset-desk/policy.json';
