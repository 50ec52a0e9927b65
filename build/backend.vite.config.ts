import { cpSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { asciiCode } from './ascii-code.ts';
import { noteBundledModules } from './bundled-modules.ts';
import { withoutEvaluatedCode } from './without-evaluated-code.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string };

const fonts = [
  'inter/files/inter-*-{400,600}-normal.woff',
  'jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff',
  ...['arabic', 'hebrew', 'devanagari', 'thai'].map(
    (script) => `noto-sans-${script}/files/noto-sans-${script}-${script}-400-normal.woff`,
  ),
  'noto-sans-{sc,jp,kr}/files/noto-sans-*-[0-9]*-400-normal.woff',
];
const lists = 'noto-sans-{arabic,hebrew,devanagari,thai,sc,jp,kr}/unicode.json';
const licences = '{inter,jetbrains-mono,noto-sans-*}/LICENSE';

const fontPackages = globSync(licences, { cwd: join(root, 'node_modules', '@fontsource') }).map(
  (file) => `node_modules/@fontsource/${dirname(file)}`,
);

/** The fonts of the evidence pack beside the bundle, where `backend/audit/evidence-pack/bundled-file.ts` looks for them. */
const fontsBeside: Plugin = {
  name: 'fonts-beside',
  writeBundle: ({ dir = '' }) => {
    const cwd = join(root, 'node_modules', '@fontsource');
    const folder = join(dir, 'fonts');
    mkdirSync(folder, { recursive: true });
    for (const file of globSync(fonts, { cwd })) cpSync(join(cwd, file), join(folder, basename(file)));
    for (const file of globSync(lists, { cwd }))
      cpSync(join(cwd, file), join(folder, `${dirname(file)}.json`));
    for (const file of globSync(licences, { cwd }))
      cpSync(join(cwd, file), join(folder, `${dirname(file)}.LICENSE`));
  },
};

/** Fastify's compilers of JSON schemas: 800 kB to read at each start, which `backend/web/http/http-server.ts` replaces. */
const schemaCompilers = new Set(['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler']);
const withoutSchemaCompilers: Plugin = {
  name: 'without-schema-compilers',
  enforce: 'pre',
  resolveId: (name) => (schemaCompilers.has(name) ? `\0${name}` : null),
  load: (id) => (schemaCompilers.has(id.replace('\0', '')) ? 'export default null;' : null),
};

/** The file that plain Node runs. */
const entryForNode: Plugin = {
  name: 'entry-for-node',
  generateBundle() {
    this.emitFile({
      type: 'asset',
      fileName: 'main.js',
      source: "import backend from './backend.cjs';\nawait backend.finished;\n",
    });
  },
};

/** The backend in one file, for plain Node and for Electron's utility process; only native modules stay outside. */
export default defineConfig({
  root,
  define: { PRODUCT_VERSION: JSON.stringify(version) },
  plugins: [
    withoutSchemaCompilers,
    withoutEvaluatedCode,
    entryForNode,
    fontsBeside,
    asciiCode,
    noteBundledModules('backend', fontPackages),
  ],
  ssr: { noExternal: true, external: ['libsql', '@node-rs/argon2'] },
  build: {
    ssr: true,
    outDir: `${root}out/backend`,
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    // Files beside each other: code that reads `import.meta.dirname` must find the same folder wherever it is bundled.
    rollupOptions: {
      input: {
        backend: `${root}backend/main.ts`,
        // The entry of a thread, which `backend/audit/evidence-pack/pdf-renderer.ts` looks for beside the bundle.
        'pdf-worker': `${root}backend/audit/evidence-pack/pdf-worker.ts`,
      },
      output: { entryFileNames: '[name].cjs', chunkFileNames: 'part-[name].cjs', format: 'cjs' },
    },
  },
});
