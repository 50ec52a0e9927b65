import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// Without vitest's globals the testing library does not clean up by itself.
afterEach(cleanup);

// The test's document has no fonts, which growing text areas wait for.
if (!('fonts' in document)) Object.defineProperty(document, 'fonts', { value: new EventTarget() });

// The test's document is never painted, so it is always idle.
globalThis.requestIdleCallback ??= (work) =>
  Number(setTimeout(work, 0, { didTimeout: false, timeRemaining: () => 0 }));
globalThis.cancelIdleCallback ??= (handle) => clearTimeout(handle);

// Without the document, which `findBy…` would print at each try until the element is there: seconds for a large form.
configure({ getElementError: (message) => new Error(message ?? '') });
