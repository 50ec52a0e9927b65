import { z } from 'zod';
import { feedAddress, updateChannels, updateModes } from '../updates/update-feed.ts';

const address = (protocol: RegExp) => z.url({ protocol }).max(2000);

/**
 * The settings that an organisation manages for its consoles. Names and values are those of its tools: registry policies, configuration
 * profiles and `policy.json`. The policy templates, the profile, the JSON schema and docs/managed-settings.md are generated from this table.
 */
export const managedValues = z
  .object({
    /** The server that a first start uses. */
    ServerUrl: address(/^https?$/),
    /** Operators cannot choose another server or this computer. */
    ServerLocked: z.boolean(),
    /** The only way to sign in. `any` is the default. */
    SignIn: z.enum(['any', 'password', 'provider']),
    /** Idle seconds after which the console locks. The server's time counts if it is shorter. */
    IdleLockSeconds: z.int().min(30).max(86_400),
    /** Whether links of other programs (`resetdesk://…`) are followed. */
    DeepLinks: z.boolean(),
    /** Whether the console starts when the user signs in to the computer. */
    Autostart: z.boolean(),
    /** Whether the console has an icon in the tray, and stays there when its window closes. */
    Tray: z.boolean(),
    /** Colours of the window. */
    ColorScheme: z.enum(['system', 'light', 'dark']),
    /** The alphabet in which temporary passwords are read out. */
    SpellingLanguage: z.enum(['en', 'de', 'fr']),
    /** What the console does about newer versions. */
    UpdateMode: z.enum(updateModes),
    UpdateChannel: z.enum(updateChannels),
    /** The address below which the feeds of the channels are. */
    UpdateFeedUrl: feedAddress,
  })
  .partial();
export type ManagedValues = z.output<typeof managedValues>;
export type ManagedName = keyof ManagedValues;

export const managedNames = Object.keys(managedValues.shape) as readonly ManagedName[];

/** Why a value, or everything that one place says, is not used. */
export const managedProblemKinds = [
  /** The value of `setting` is not one that the setting can have. */
  'invalid',
  /** `setting` does not exist in this version. */
  'unknown',
  /** The server is locked, but no valid address is managed. */
  'no-server',
  /** The place exists but cannot be read. */
  'unreadable',
  /** The file is not a JSON object. */
  'not-json',
  /** The file or its folder belongs to a user who is not root. */
  'not-root',
  /** Users besides root can change the file or its folder. */
  'writable',
] as const;

export const managedProblem = z.object({
  kind: z.enum(managedProblemKinds),
  /** Null for a problem of the whole place. */
  setting: z.string().nullable(),
  /** A file or a registry key. */
  place: z.string(),
});
export type ManagedProblem = z.infer<typeof managedProblem>;

/** What the console found at its start. */
export const managedState = z.object({
  values: managedValues,
  /** The files or registry keys that the values come from. */
  places: z.array(z.string()),
  problems: z.array(managedProblem),
});
export type ManagedState = z.infer<typeof managedState>;
