import { setFlagsFromString } from 'node:v8';

/** Milliseconds from the start of a process until its young heap may grow. */
const startMs = 10_000;

/**
 * Keeps V8's heap of young objects at its first size while the process starts. It would grow to 32 MiB, which it keeps, although nearly all objects of a
 * start are code and tables that stay. Must run before compiled code is loaded: V8 takes it only with the flags with which it was made.
 */
export function keepYoungHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setTimeout(() => {
    // V8's default.
    setFlagsFromString('--semi-space-growth-factor=2');
  }, startMs).unref();
}
