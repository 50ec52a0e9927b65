import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { redact } from '../../log/redactors.ts';
import { forEachLine } from './lines-of.ts';

it('a secret that arrives in two parts is in one line, and is redacted', async () => {
  const stream = new PassThrough();
  const lines: string[] = [];
  forEachLine(stream, (line) => lines.push(redact(line)));
  const written = Buffer.from('first\n{"refreshToken":"Gr\u00fc\u00dfe-canary-0123456789"}\n\nlast');
  for (const byte of written) stream.write(Buffer.of(byte));
  stream.end();
  await once(stream, 'close');
  expect(lines).toEqual(['first', '{"refreshToken":[redacted]}', 'last']);
});
