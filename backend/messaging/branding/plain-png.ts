import { crc32, inflateSync } from 'node:zlib';

/** Why a picture cannot be used, in words for the administrator who chose it. */
export class UnusablePicture extends Error {}

export interface PlainPng {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

interface Limits {
  readonly width: number;
  readonly height: number;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** The chunks that hold pixels. All others are dropped: texts, profiles, and what is hidden after the end. */
const kept: ReadonlySet<string> = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);
/** Samples per pixel by colour type. */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
  readonly whole: Buffer;
}

function* chunksOf(bytes: Buffer): Generator<Chunk> {
  for (let at = signature.length; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > bytes.length) break;
    const whole = bytes.subarray(at, end);
    if (crc32(whole.subarray(4, 8 + length)) !== whole.readUInt32BE(8 + length)) break;
    const type = whole.toString('latin1', 4, 8);
    yield { type, data: whole.subarray(8, 8 + length), whole };
    if (type === 'IEND') return;
    at = end;
  }
  throw new UnusablePicture('The picture is damaged or incomplete.');
}

/** Whether the compressed pixels have exactly the size that the header promises. An interlaced picture has another size. */
function assertPixels(header: Buffer, data: readonly Buffer[]): void {
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const bits = (samples[header[9] ?? 0] ?? 0) * (header[8] ?? 0);
  const size = height * (1 + Math.ceil((width * bits) / 8));
  try {
    // A picture that unpacks to more than it promises is refused before it fills the memory.
    if (inflateSync(Buffer.concat(data), { maxOutputLength: size + 1 }).length === size) return;
  } catch {
    // Reported below.
  }
  throw new UnusablePicture('The picture is damaged or incomplete.');
}

/** Reads a PNG and keeps its pixels only. Throws {@link UnusablePicture} for anything else, such as an SVG, which could contain scripts. */
export function plainPng(bytes: Buffer, limits: Limits): PlainPng {
  if (!bytes.subarray(0, signature.length).equals(signature))
    throw new UnusablePicture('Only pictures in PNG format can be stored.');
  const chunks = [...chunksOf(bytes)];
  const [first] = chunks;
  if (first?.type !== 'IHDR' || first.data.length !== 13)
    throw new UnusablePicture('The picture is damaged or incomplete.');
  const [width, height] = [first.data.readUInt32BE(0), first.data.readUInt32BE(4)];
  if (width === 0 || height === 0 || width > limits.width || height > limits.height)
    throw new UnusablePicture(`The picture may have at most ${limits.width} × ${limits.height} pixels.`);
  if (first.data[12] !== 0) throw new UnusablePicture('Save the picture without interlacing.');
  const pixels = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data);
  assertPixels(first.data, pixels);
  const whole = chunks.filter(({ type }) => kept.has(type)).map((chunk) => chunk.whole);
  return { bytes: Buffer.concat([signature, ...whole]), width, height };
}
