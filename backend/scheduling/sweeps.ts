/** Jobs that end what has run out of time, by name. */
export type Sweeps = Readonly<Record<string, () => Promise<void>>>;

/** Runs sweeps one after the other; throws what the first that fails throws. */
export async function runSweeps(sweeps: Sweeps): Promise<void> {
  for (const sweep of Object.values(sweeps)) await sweep();
}
