/** Jobs that end things whose time is over, by name. */
export type Sweeps = Readonly<Record<string, () => Promise<void>>>;

/** Runs sweeps one after the other; throws the error of the first that fails. */
export async function runSweeps(sweeps: Sweeps): Promise<void> {
  for (const sweep of Object.values(sweeps)) await sweep();
}
