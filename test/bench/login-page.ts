import autocannon from 'autocannon';
import { startMailSink } from '../fixtures/mail-sink.ts';
import { deskOf, linkFor } from '../backend/desk-call.ts';
import { startTestBackend } from '../backend/start-test-backend.ts';

const target = 5000;
const mostBytes = 30_000;

/** The pages that a user sees first: requests per second, and everything that a first visit of the fullest one loads. */
export async function run({ quick }: { quick: boolean }) {
  const sink = await startMailSink();
  const backend = await startTestBackend(sink.url, { trustProxy: 'loopback', pollIntervals: {} });
  try {
    const desk = deskOf(backend.ask, (await backend.setUp()).accessToken);
    await desk.call('POST', '/imports/samples', {});
    await backend.ask('POST', '/forgot-password', 'address=marlene.okafor%40example.com', {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
    });
    const link = await linkFor(sink, 'marlene.okafor@example.com');
    const sizes = await Promise.all(
      [link, '/pages.css', '/pages.js'].map(
        async (path) => (await (await backend.ask('GET', path)).arrayBuffer()).byteLength,
      ),
    );
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    const rows = [];
    for (const [name, path] of [
      ['login page', '/login'],
      ['page that asks for a link', '/forgot-password'],
    ] as const) {
      const { requests, errors, non2xx } = await autocannon({
        url: `${backend.address()}${path}`,
        connections: 20,
        duration: quick ? 5 : 15,
      });
      const failures = errors + non2xx;
      rows.push({
        what: `${name}, requests a second${failures > 0 ? ` (${failures} failed)` : ''}`,
        measured: `${requests.average.toFixed(0)}/s`,
        target: `≥ ${target.toLocaleString('en')}/s`,
        ratio: (requests.average / target).toFixed(2),
      });
    }
    rows.push({
      what: 'page behind a reset link, bytes with style and script',
      measured: `${(bytes / 1000).toFixed(1)} kB`,
      target: '< 30 kB',
      ratio: (bytes / mostBytes).toFixed(2),
    });
    return { rows };
  } finally {
    await backend.stop();
    await sink.stop();
  }
}
