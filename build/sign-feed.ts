import { createHash, createPrivateKey, sign } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { prettifyError } from 'zod';
import {
  feedFile,
  feedName,
  signatureName,
  updateFeed,
  type FeedFile,
  type UpdateFeed,
} from '../shared/updates/update-feed.ts';

const usage = `node build/sign-feed.ts --channel=stable --notes=NOTES.txt --out=FOLDER [--share=25] appimage:x64:FILE …

Writes ${feedName} and ${signatureName} for the packages, which belong into the same folder of the update server. A package is KIND:ARCHITECTURE:FILE.
RESET_DESK_UPDATE_KEY is the private key (Ed25519, PKCS #8 in PEM): openssl genpkey -algorithm ed25519.
`;

async function sumOf(path: string): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  return hash.digest('base64');
}

async function fileOf(argument: string): Promise<FeedFile> {
  const [kind, arch, ...rest] = argument.split(':');
  const path = rest.join(':');
  if (!existsSync(path)) throw new Error(`${argument}: there is no file ${path}.`);
  const file = feedFile.safeParse({
    kind,
    arch,
    name: basename(path),
    bytes: statSync(path).size,
    sha512: await sumOf(path),
  });
  if (!file.success) throw new Error(`${argument}\n${prettifyError(file.error)}`);
  return file.data;
}

/** Parses a private key from PEM; null for any other text. */
function readPrivateKey(pem: string) {
  try {
    return createPrivateKey(pem);
  } catch {
    return null;
  }
}

/** The signed bytes of a feed, and their signature in base64. Throws if the key is none of Ed25519. */
export function signFeed(
  feed: UpdateFeed,
  privateKey: string,
): { readonly bytes: Buffer; readonly signature: string } {
  const key = readPrivateKey(privateKey);
  if (key?.asymmetricKeyType !== 'ed25519')
    throw new Error('RESET_DESK_UPDATE_KEY is not an Ed25519 private key in PEM.');
  const bytes = Buffer.from(`${JSON.stringify(updateFeed.parse(feed), null, 2)}\n`);
  return { bytes, signature: sign(null, bytes, key).toString('base64') };
}

const { version: ownVersion } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { version: string };

/** Writes the feed of a version and its signature. Throws a message for the publisher. */
export async function writeFeed(
  args: readonly string[],
  privateKey: string | undefined,
  version = ownVersion,
): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      channel: { type: 'string' },
      notes: { type: 'string' },
      out: { type: 'string' },
      share: { type: 'string', default: '100' },
    },
  });
  const { channel, notes, out, share } = values;
  if (privateKey === undefined || channel === undefined || notes === undefined || out === undefined)
    throw new Error(usage);
  if (channel === 'stable' && version.includes('-'))
    throw new Error(`${version} is tried before its release. Sign it with --channel=beta.`);
  const feed = updateFeed.safeParse({
    format: 1,
    product: 'Reset Desk',
    channel,
    version,
    released: new Date().toISOString(),
    share: share.trim() === '' ? Number.NaN : Number(share),
    notes: readFileSync(notes, 'utf8'),
    files: await Promise.all(positionals.map(fileOf)),
  });
  if (!feed.success) throw new Error(prettifyError(feed.error));
  const { bytes, signature } = signFeed(feed.data, privateKey);
  writeFileSync(join(out, feedName), bytes);
  writeFileSync(join(out, signatureName), `${signature}\n`);
}

if (import.meta.main) {
  await writeFeed(process.argv.slice(2), process.env['RESET_DESK_UPDATE_KEY']).catch((thrown: unknown) => {
    process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
    process.exitCode = 2;
  });
}
