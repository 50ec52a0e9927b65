import type { Refused, Scene } from './scene.ts';

/** One way around the console: what is tried, and the code with which the backend refuses it. Every attempt is recorded with that code. */
export interface Attack {
  readonly name: string;
  readonly code: string;
  readonly run: (scene: Scene) => Promise<Refused>;
}

/** Milliseconds. */
export const minute = 60_000;
