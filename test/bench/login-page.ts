import autocannon from 'autocannon';
import { startTestBackend } from '../backend/start-test-backend.ts';

/** The sign-in page: requests a second and everything that a first visit loads. */
export async function run({ quick }: { quick: boolean }) {
  const backend = await startTestBackend();
  try {
    const bytes = await Promise.all(
      ['/login', '/pages.css'].map(
        async (path) => (await (await backend.ask('GET', path)).arrayBuffer()).byteLength,
      ),
    );
    const total = bytes.reduce((sum, size) => sum + size, 0);
    const { requests, errors, non2xx } = await autocannon({
      url: `${backend.address()}/login`,
      connections: 20,
      duration: quick ? 5 : 15,
    });
    const failures = errors + non2xx;
    return {
      rows: [
        {
          what: `login page, requests a second${failures > 0 ? ` (${failures} failed)` : ''}`,
          measured: `${requests.average.toFixed(0)}/s`,
          target: '≥ 5,000/s',
          ratio: (requests.average / 5000).toFixed(2),
        },
        {
          what: 'login page, bytes of page and styles',
          measured: `${(total / 1000).toFixed(1)} kB`,
          target: '< 30 kB',
          ratio: (total / 30_000).toFixed(2),
        },
      ],
    };
  } finally {
    await backend.stop();
  }
}
