import {
  FuseState,
  FuseV1Options,
  FuseVersion,
  getCurrentFuseWire,
  type FuseV1Config,
} from '@electron/fuses';
import type { Platform } from './identity.ts';

/**
 * SECURITY: docs/security.md. Turns off every way to start a stolen or tampered installation as something else. Electron checks the archive's
 * integrity on Windows and macOS; on Linux it cannot.
 */
export const fusesOf = (platform: Platform): Readonly<Record<FuseV1Options, boolean>> => ({
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: platform !== 'linux',
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // Bounds checks by the processor, as in Chromium.
  [FuseV1Options.WasmTrapHandlers]: true,
});

const allFuses = Object.values(FuseV1Options).filter((fuse) => typeof fuse === 'number');

/** The fuses of an executable. Older versions of Electron lack the newest ones. */
export async function fusesIn(executable: string): Promise<readonly FuseV1Options[]> {
  const wire = await getCurrentFuseWire(executable);
  return allFuses.filter((fuse) => wire[fuse] !== undefined);
}

/**
 * The configuration for an executable. Throws if the executable has a fuse that is missing from the table, so that each fuse of a new Electron needs
 * a decision.
 */
export async function fuseConfiguration(executable: string, platform: Platform): Promise<FuseV1Config> {
  const table = fusesOf(platform);
  const present = await fusesIn(executable);
  return {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    resetAdHocDarwinSignature: platform === 'macos',
    ...Object.fromEntries(present.map((fuse) => [fuse, table[fuse]])),
  } as FuseV1Config;
}

/** Reads whether each fuse of an executable is on, by its name. */
export async function readFuses(executable: string): Promise<Readonly<Record<string, boolean>>> {
  const wire = await getCurrentFuseWire(executable);
  const present = allFuses.filter((fuse) => wire[fuse] !== undefined);
  return Object.fromEntries(present.map((fuse) => [FuseV1Options[fuse], wire[fuse] === FuseState.ENABLE]));
}
