import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';

// Without vitest's globals the testing library does not clean up by itself.
afterEach(cleanup);

// The test's document has no fonts, on which text areas that grow wait to be measured.
if (!('fonts' in document)) Object.defineProperty(document, 'fonts', { value: new EventTarget() });

// The test's document is never painted, so that it is always idle.
globalThis.requestIdleCallback ??= (work) =>
  Number(setTimeout(work, 0, { didTimeout: false, timeRemaining: () => 0 }));
globalThis.cancelIdleCallback ??= (handle) => clearTimeout(handle);
