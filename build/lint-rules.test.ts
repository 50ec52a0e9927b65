import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
let folder: string;

/** Ways to reach another server without the wrapper of the part. */
const ways: Readonly<Record<string, string>> = {
  fetch: "export const answer = fetch('https://example.com');",
  axios: "import axios from 'axios';\nexport const answer = axios.get('https://example.com');",
  undici: "import { request } from 'undici';\nexport const answer = request('https://example.com');",
  'node:https': "import { get } from 'node:https';\nexport const answer = get('https://example.com');",
  'node:http by its default':
    "import http from 'node:http';\nexport const answer = http.get('http://example.com');",
  'node:net': "import { connect } from 'node:net';\nexport const socket = connect(443, 'example.com');",
  'node:tls': "import { connect } from 'node:tls';\nexport const socket = connect(443, 'example.com');",
};
const consoleWays: Readonly<Record<string, string>> = {
  ...ways,
  "Electron's net":
    "import { net } from 'electron';\nexport const answer = net.fetch('https://example.com');",
  WebSocket: "export const socket = new WebSocket('wss://example.com');",
};

const wrong = [
  ...Object.entries(consoleWays).map(([way, code]) => ['electron/features/wrong.ts', way, code] as const),
  ...Object.entries(consoleWays).map(([way, code]) => ['electron/bridge/wrong.ts', way, code] as const),
  ...Object.entries(consoleWays).map(([way, code]) => ['renderer/parts/wrong.ts', way, code] as const),
  ...Object.entries(ways).map(([way, code]) => ['backend/casework/wrong.ts', way, code] as const),
].filter(([file, way]) => file !== 'electron/bridge/wrong.ts' || !['fetch', 'WebSocket'].includes(way));

/** The numbered files, one for each case: oxlint is started once. */
const fileOf = (file: string, number: number) => file.replace('wrong', `wrong-${number}`);
let output: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'reset-desk-lint-'));
  cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  const files = [
    ...wrong.map(([file, , code], number) => [fileOf(file, number), code] as const),
    ['electron/services/reset-api/right.ts', ways['axios'] ?? ''] as const,
    ['backend/outbound/right.ts', ways['undici'] ?? ''] as const,
    [
      'electron/features/listens.ts',
      "import { createServer } from 'node:http';\nexport const server = createServer();",
    ] as const,
  ];
  for (const [file, code] of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${code}\n`);
  }
  const linted = spawnSync(join(root, 'node_modules', '.bin', 'oxlint'), ['--format', 'unix', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  output = linted.stdout;
});
afterAll(() => rmSync(folder, { recursive: true }));

it.each(wrong.map(([file, way], number) => ({ file, way, number })))(
  '$way is refused in $file',
  ({ file, number }) => {
    const lines = output.split('\n').filter((line) => line.includes(fileOf(file, number)));
    expect(lines.join('\n')).toMatch(/no-restricted-(imports|globals)/);
  },
);

it('is allowed in the wrappers and for servers that listen', () => {
  expect(output).not.toMatch(/right\.ts.*restricted/);
  expect(output).not.toMatch(/listens\.ts.*restricted/);
});
