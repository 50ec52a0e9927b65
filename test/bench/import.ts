import { openAccountsDesk } from './accounts-desk.ts';

interface Row {
  what: string;
  measured: string;
  target: string;
  ratio: string;
}

/** Imports of new accounts, their peak memory, and the longest wait of a search during them. */
export async function run({ quick }: { quick: boolean }): Promise<{ rows: Row[] }> {
  const rows: Row[] = [];
  for (const [accounts, target] of quick
    ? ([[100_000, 10]] as const)
    : ([
        [100_000, 10],
        [1_000_000, 120],
      ] as const)) {
    const desk = await openAccountsDesk();
    const before = process.memoryUsage.rss();
    let peak = before;
    let slowest = 0;
    let due = performance.now() + 50;
    const timer = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
      void desk.search.search('ann s', 20, 900);
      slowest = Math.max(slowest, performance.now() - due);
      due = performance.now() + 50;
    }, 50);
    try {
      const start = performance.now();
      await desk.fill(accounts);
      const seconds = (performance.now() - start) / 1000;
      rows.push(
        {
          what: `import, ${accounts} rows`,
          measured: `${seconds.toFixed(1)} s`,
          target: `≤ ${target} s`,
          ratio: (seconds / target).toFixed(2),
        },
        {
          what: `import, ${accounts} rows, memory at most`,
          measured: `${Math.round(peak / 2 ** 20)} MiB (+${Math.round((peak - before) / 2 ** 20)})`,
          target: 'flat',
          ratio: (peak / before).toFixed(2),
        },
        {
          what: `import, ${accounts} rows, longest wait of a search beside it`,
          measured: `${Math.round(slowest)} ms`,
          target: '≤ 200 ms',
          ratio: (slowest / 200).toFixed(2),
        },
      );
    } finally {
      clearInterval(timer);
      await desk.close();
    }
  }
  return { rows };
}
