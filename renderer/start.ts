import { consoleBridge } from './bridge/exposed-bridge.ts';
import { keepEarlyActs } from './bridge/early-acts.ts';

/** Milliseconds after which the page is loaded even if nothing was painted, as in a window that is hidden. */
const paintsWithinMs = 500;

/** Resolves when a frame with the rendered screen is on the display. */
const painted = () =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, paintsWithinMs);
    new PerformanceObserver((entries) => {
      if (entries.getEntriesByName('first-contentful-paint').length > 0) resolve();
    }).observe({ type: 'paint', buffered: true });
  });

// The operator sees and fills in the rendered screen while the rest is loaded.
if (document.getElementById('root')?.hasChildNodes() === true) {
  keepEarlyActs();
  await painted();
  void consoleBridge().app.painted();
}
await import('./main.tsx');
