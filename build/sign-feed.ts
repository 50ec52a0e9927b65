import { createHash, createPrivateKey, sign } from 'node:crypto';
import { createReadStream, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
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
  const [kind, arch, path = ''] = argument.split(':');
  return feedFile.parse({
    kind,
    arch,
    name: basename(path),
    bytes: statSync(path).size,
    sha512: await sumOf(path),
  });
}

/** The signed bytes of a feed, and their signature in base64. Throws if the key is none of Ed25519. */
export function signFeed(
  feed: UpdateFeed,
  privateKey: string,
): { readonly bytes: Buffer; readonly signature: string } {
  const key = createPrivateKey(privateKey);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('RESET_DESK_UPDATE_KEY is no Ed25519 key.');
  const bytes = Buffer.from(`${JSON.stringify(updateFeed.parse(feed), null, 2)}\n`);
  return { bytes, signature: sign(null, bytes, key).toString('base64') };
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      channel: { type: 'string' },
      notes: { type: 'string' },
      out: { type: 'string' },
      share: { type: 'string', default: '100' },
    },
  });
  const privateKey = process.env['RESET_DESK_UPDATE_KEY'];
  const { channel, notes, out, share } = values;
  if (privateKey === undefined || channel === undefined || notes === undefined || out === undefined) {
    process.stderr.write(usage);
    process.exit(2);
  }
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const feed = updateFeed.parse({
    format: 1,
    product: 'Reset Desk',
    channel,
    version,
    released: new Date().toISOString(),
    share: Number(share),
    notes: readFileSync(notes, 'utf8'),
    files: await Promise.all(positionals.map(fileOf)),
  });
  const { bytes, signature } = signFeed(feed, privateKey);
  writeFileSync(join(out, feedName), bytes);
  writeFileSync(join(out, signatureName), `${signature}\n`);
}
