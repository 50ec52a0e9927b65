import manifest from '../../package.json' with { type: 'json' };
import { appId } from '../../shared/managed/managed-places.ts';

/**
 * The product's names on each system. All packages use this table, so that each name, path and ID is written once. IDs must not change after a
 * release, because systems find the installed version and its data by them.
 */
export const product = {
  name: 'Reset Desk',
  /** Also the name of the package, of the executable and of the icons. */
  id: 'reset-desk',
  /** Bundle ID on macOS, application user model ID on Windows. */
  appId,
  version: manifest.version,
  homepage: manifest.homepage,
  maintainer: { name: manifest.author.name, email: manifest.author.email },
  summary: 'Help-desk console that verifies a caller and resets the password',
  description: [
    'It searches the account, verifies the caller, resets the password and hands',
    'over the temporary password or the reset link.',
  ],
  copyright: '2026 Reset Desk',
  /** The command that serves without a console, located beside the executable. */
  backendCommand: 'reset-desk-backend',
  /** Deep links, such as `resetdesk://account/…`. */
  protocols: [{ name: 'Reset Desk link', scheme: 'resetdesk' }],
  linux: {
    /** Contains no space, because Chromium would split the path of its sandbox helper there. */
    folder: '/opt/reset-desk',
    category: 'Utility',
    /** In pixels. */
    iconSizes: [16, 22, 24, 32, 48, 64, 96, 128, 256, 512],
    service: {
      user: 'reset-desk',
      data: '/var/lib/reset-desk',
      environment: '/etc/reset-desk/backend.env',
    },
  },
  windows: {
    /** A folder within `Program Files`. */
    folder: 'Reset Desk',
    /** Windows Installer treats packages with the same code as versions of one product. */
    upgradeCode: '5AA721AA-E016-53A9-940D-526AF763FF05',
    iconSizes: [16, 20, 24, 32, 40, 48, 64, 128, 256],
  },
  macos: {
    category: 'public.app-category.business',
  },
} as const;

/** Systems with packages. */
export type Platform = 'linux' | 'windows' | 'macos';

export type Processor = 'x64' | 'arm64';

export interface Target {
  readonly platform: Platform;
  /** `universal` means both processors at once, on macOS only. */
  readonly arch: Processor | 'universal';
}

const platforms: Readonly<Partial<Record<NodeJS.Platform, Platform>>> = {
  linux: 'linux',
  win32: 'windows',
  darwin: 'macos',
};

/** The target of this computer. Throws on systems and processors without packages. */
export function hostTarget(): Target & { readonly arch: Processor } {
  const platform = platforms[process.platform];
  const { arch } = process;
  if (platform === undefined || (arch !== 'x64' && arch !== 'arm64'))
    throw new Error(`There is no package for ${process.platform} on ${arch}.`);
  return { platform, arch };
}

/** Node's names of the platforms, as used in the folders of prebuilt modules. */
export const nodePlatform = { linux: 'linux', windows: 'win32', macos: 'darwin' } as const satisfies Record<
  Platform,
  NodeJS.Platform
>;
