import './first.css';
import { keepEarlyActs } from './bridge/early-acts.ts';

/** Milliseconds after which the page is loaded even if nothing was painted, as in a window that is hidden. */
const paintsWithinMs = 500;

/** Resolves after a frame that contains the rendered screen. */
const painted = () =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, paintsWithinMs);
    requestAnimationFrame(() => {
      setTimeout(resolve, 0);
    });
  });

// The operator sees and fills in the rendered screen while the rest is loaded.
if (document.getElementById('root')?.hasChildNodes() === true) {
  keepEarlyActs();
  await painted();
}
await import('./main.tsx');
