// A malicious or faulty server in a process of its own. The first segment of the path names its behaviour. Prints its port.
import { createServer, type Socket } from 'node:net';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';

const megabyte = 1024 * 1024;
const crlf = '\r\n';

/** Writes for as long as the other side accepts data. */
function forever(socket: Socket, next: () => Buffer | string): void {
  const write = () => {
    while (!socket.destroyed && socket.write(next()));
  };
  socket.on('drain', write);
  write();
}
function drip(socket: Socket, next: () => string): void {
  const timer = setInterval(() => {
    if (socket.destroyed) clearInterval(timer);
    else socket.write(next());
  }, 20);
}
const head = (status: number | string, headers: Readonly<Record<string, string | number>>) =>
  [
    `HTTP/1.1 ${status} Some`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
    '',
  ].join(crlf);
const answer =
  (status: number | string, body: Buffer | string, headers: Readonly<Record<string, string>> = {}) =>
  (socket: Socket) => {
    const given = {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      ...headers,
    };
    socket.write(head(status, given));
    socket.end(body);
  };
const endless = (status: number, type: string, chunk: string) => (socket: Socket) => {
  socket.write(head(status, { 'Content-Type': type }));
  forever(socket, () => chunk);
};
const chunked = (socket: Socket, body: string) =>
  socket.write(head(200, { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' }) + body);

const zeros = Buffer.alloc(64 * megabyte, '0');
const bombs = {
  // 512 MB: a gzip stream may have several members.
  gzip: Buffer.concat(Array<Buffer>(8).fill(gzipSync(zeros))),
  deflate: deflateSync(zeros),
  br: brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
};
const problemOf = (more: object) =>
  JSON.stringify({ type: 'about:blank', title: 'No', status: 409, code: 'case.ended', ...more });
const problemType = { 'Content-Type': 'application/problem+json' };
const event = (text: string) => `data: ${text}\n\n`;
const eventStream = (work: (socket: Socket) => void) => (socket: Socket) => {
  socket.write(head(200, { 'Content-Type': 'text/event-stream' }));
  work(socket);
};
let count = 0;
const changed = () => event(JSON.stringify({ type: 'case-changed', caseId: `c${(count += 1)}` }));

const behaviours: Readonly<Record<string, (socket: Socket) => void>> = {
  silence: () => undefined,
  'closes at once': (socket) => socket.destroy(),
  'resets after the head': (socket) => {
    socket.write(head(200, { 'Content-Type': 'application/json', 'Content-Length': 1000 }));
    socket.resetAndDestroy();
  },
  'drips headers': (socket) => {
    socket.write(`HTTP/1.1 200 OK${crlf}X-Long: `);
    drip(socket, () => 'x');
  },
  'drips a body': (socket) => {
    socket.write(head(200, { 'Content-Type': 'application/json' }));
    drip(socket, () => ' ');
  },
  'drips an error': (socket) => {
    socket.write(head(503, { 'Content-Type': 'text/html' }));
    drip(socket, () => ' ');
  },
  'drips early hints': (socket) => drip(socket, () => `HTTP/1.1 103 Early Hints${crlf}X: y${crlf}${crlf}`),
  'floods early hints': (socket) =>
    forever(socket, () => `HTTP/1.1 103 Early Hints${crlf}X: y${crlf}${crlf}`.repeat(500)),
  'stops halfway': (socket) =>
    socket.write(head(200, { 'Content-Type': 'application/json', 'Content-Length': 1000 }) + '{"a":'),
  'never ends': endless(200, 'application/json', ' '.repeat(64 * 1024)),
  'never ends as a file': endless(200, 'application/pdf', 'x'.repeat(64 * 1024)),
  'never ends an error': endless(503, 'text/html', '<p>'.repeat(20_000)),
  'never ends a refusal': endless(401, 'application/problem+json', ' '.repeat(64 * 1024)),
  '200 MB': answer(200, Buffer.alloc(200 * megabyte, ' ')),
  'huge headers': answer(200, '{}', { 'X-Long': 'x'.repeat(megabyte) }),
  'many headers': answer(
    200,
    '{}',
    Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`X-${at}`, 'y'])),
  ),
  'a gzip bomb': answer(200, bombs.gzip, { 'Content-Encoding': 'gzip' }),
  'a deflate bomb': answer(200, bombs.deflate, { 'Content-Encoding': 'deflate' }),
  'a brotli bomb': answer(200, bombs.br, { 'Content-Encoding': 'br' }),
  'a gzip bomb as an error': answer(502, bombs.gzip, { 'Content-Encoding': 'gzip' }),
  'a gzip bomb as a file': answer(200, bombs.gzip, {
    'Content-Encoding': 'gzip',
    'Content-Type': 'application/pdf',
  }),
  'gzip that is none': answer(200, '{}', { 'Content-Encoding': 'gzip' }),
  'an unknown encoding': answer(200, '{}', { 'Content-Encoding': 'x-own' }),
  'deep arrays': answer(200, '['.repeat(3_000_000)),
  'deep objects': answer(200, '{"a":'.repeat(1_500_000)),
  'deep problem': answer(409, '['.repeat(3_000_000), problemType),
  'many keys': answer(200, `{${Array.from({ length: 200_000 }, (_, at) => `"k${at}":1`).join()}}`),
  'keys of the prototype': answer(200, '{"__proto__":{"api":1},"constructor":{"prototype":{"x":1}}}'),
  'numbers beyond all bounds': answer(200, '{"api":1e999,"product":-1e999}'),
  'broken UTF-8': answer(200, Buffer.from([0x7b, 0xff, 0xfe, 0x22, 0xc3, 0x28, 0x7d])),
  'no JSON': answer(200, '{"a":'),
  nothing: answer(200, ''),
  null: answer(200, 'null'),
  'a text': answer(200, '{"product":"Reset Desk"}', { 'Content-Type': 'text/plain' }),
  'a picture': answer(200, 'x', { 'Content-Type': 'image/png' }),
  'no type': answer(200, '{}', { 'Content-Type': '' }),
  'a web page': answer(200, '<html><script>window.x=1</script>', { 'Content-Type': 'text/html' }),
  'a long problem': answer(
    409,
    problemOf({ detail: 'x'.repeat(50_000), reference: 'y'.repeat(50_000) }),
    problemType,
  ),
  'a problem with wrong parts': answer(
    409,
    problemOf({ until: 'soon', triesLeft: 'many', fields: 7 }),
    problemType,
  ),
  'an unknown problem': answer(409, problemOf({ code: 'of.tomorrow' }), problemType),
  'API 0': answer(200, JSON.stringify({ product: 'Reset Desk', api: 0 })),
  'API -5': answer(200, JSON.stringify({ product: 'Reset Desk', api: -5 })),
  'two lengths': (socket) =>
    socket.end(`HTTP/1.1 200 OK${crlf}Content-Length: 2${crlf}Content-Length: 3${crlf}${crlf}{} `),
  'a negative length': (socket) => socket.end(`HTTP/1.1 200 OK${crlf}Content-Length: -1${crlf}${crlf}{}`),
  'length and chunks': (socket) =>
    socket.end(
      `HTTP/1.1 200 OK${crlf}Content-Length: 2${crlf}Transfer-Encoding: chunked${crlf}${crlf}2${crlf}{}${crlf}0${crlf}${crlf}`,
    ),
  'a wrong chunk': (socket) => chunked(socket, `zz${crlf}{}${crlf}`),
  'a chunk without end': (socket) => chunked(socket, `ffffffff${crlf}{`),
  'an endless trailer': (socket) => {
    chunked(socket, `2${crlf}{}${crlf}0${crlf}`);
    forever(socket, () => `X: ${'y'.repeat(1000)}${crlf}`);
  },
  'no HTTP': (socket) => socket.end('220 mail.example.com ESMTP\r\n'),
  'HTTP/0.9': (socket) => socket.end('<html>hello'),
  'TLS bytes': (socket) => socket.end(Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28])),
  'NUL in a header': (socket) => socket.end(`HTTP/1.1 200 OK${crlf}X: a\0b${crlf}${crlf}{}`),
  ...Object.fromEntries(
    [
      '099',
      101,
      199,
      204,
      205,
      206,
      226,
      299,
      300,
      304,
      399,
      400,
      402,
      404,
      405,
      418,
      451,
      499,
      500,
      501,
      505,
      530,
      599,
      600,
      999,
    ].map((status) => [`status ${status}`, answer(String(status), '')]),
  ),
  ...Object.fromEntries(
    [301, 302, 303, 307, 308].map((status) => [
      `redirect ${status}`,
      answer(status, '', { Location: 'http://127.0.0.1:1/elsewhere' }),
    ]),
  ),
  'redirect to a file': answer(302, '', { Location: 'file:///etc/passwd' }),
  'redirect to itself': answer(302, '', { Location: '' }),
  'floods events': eventStream((socket) =>
    forever(socket, () => Array.from({ length: 200 }, changed).join('')),
  ),
  'floods one event': eventStream((socket) =>
    forever(socket, () => event('{"type":"case-changed","caseId":"c1"}').repeat(200)),
  ),
  'floods urgent events': eventStream((socket) =>
    forever(socket, () =>
      event('{"type":"account-flagged","accountId":"a","displayName":"Ann"}').repeat(200),
    ),
  ),
  'floods unknown events': eventStream((socket) =>
    forever(socket, () => event('{"type":"of-tomorrow"}').repeat(200)),
  ),
  'floods comments': eventStream((socket) => forever(socket, () => ': nothing\n'.repeat(5000))),
  'one endless event': eventStream((socket) => {
    socket.write('data: ');
    forever(socket, () => 'x'.repeat(64 * 1024));
  }),
  'an endless line of no field': eventStream((socket) => forever(socket, () => 'x'.repeat(64 * 1024))),
  'events that are no JSON': eventStream((socket) => forever(socket, () => event('<html>'))),
  'deep events': eventStream((socket) => forever(socket, () => event('['.repeat(200_000)))),
  'a stream that ends at once': eventStream((socket) => socket.end()),
  'a stream of pages': endless(200, 'text/html', '<p>'.repeat(20_000)),
};

const server = createServer((socket) => {
  socket.on('error', () => undefined);
  let request = '';
  socket.on('data', (chunk) => {
    if (request.includes('\n')) return;
    request += chunk.toString('latin1');
    if (!request.includes('\n')) return;
    const name = decodeURIComponent(request.split(' ')[1]?.split('/')[1] ?? '');
    (behaviours[name] ?? (() => socket.destroy()))(socket);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  process.send?.({ port, behaviours: Object.keys(behaviours) });
});
