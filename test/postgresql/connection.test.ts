import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { createTestDatabase, testServerVariable } from '../../backend/store/database-for-test.ts';
import { openPostgresql } from '../../backend/store/open-postgresql.ts';
import { readAddress } from '../../backend/store/postgresql-address.ts';
import { connectPostgresql, withTls } from '../../backend/store/postgresql-connection.ts';
import { administrator, startTestBackend } from '../backend/start-test-backend.ts';

const open = async (change: (url: URL) => void) => {
  const database = await createTestDatabase();
  const url = new URL(database?.url ?? '');
  change(url);
  const said = await openPostgresql({ url: url.href }, () => undefined).then(
    () => 'opened',
    (thrown: unknown) => String(thrown),
  );
  await database?.drop();
  expect(said).not.toContain(url.password);
  return said;
};

describe('a PostgreSQL that cannot be used', () => {
  it('is named with the reason but without the password', async () => {
    expect(await open((url) => (url.port = '1'))).toContain('PostgreSQL at 127.0.0.1:1/test_');
    expect(await open((url) => (url.port = '1'))).toContain('nothing is listening there');
    expect(await open((url) => (url.password = 'not-this-one'))).toContain(
      'the user name or password is wrong',
    );
    expect(await open((url) => (url.pathname = '/nowhere'))).toContain('there is no such database');
    expect(await open((url) => (url.hostname = 'db.invalid'))).toContain('host name is unknown');
    // Only the name matters here, because the tests' server does not support TLS.
    expect(await open((url) => url.searchParams.set('sslmode', 'verify-full'))).toContain('SSL');
  });
});

describe('a PostgreSQL database with another encoding than UTF8', () => {
  it('is refused with the encoding that it must have', async () => {
    const database = await createTestDatabase();
    const owner = new Client(`${process.env[testServerVariable]}/postgres`);
    await owner.connect();
    const name = `latin_${database?.name ?? ''}`;
    try {
      await owner.query(`create database ${name} template template0 encoding 'LATIN1' locale 'C'`);
      const url = new URL(database?.url ?? '');
      url.pathname = `/${name}`;
      await expect(openPostgresql({ url: url.href }, () => undefined)).rejects.toThrow('the encoding UTF8');
    } finally {
      await owner.query(`drop database if exists ${name} with (force)`);
      await owner.end();
      await database?.drop();
    }
  });
});

describe('the way to PostgreSQL', () => {
  it.each([
    ['postgres://desk:pw@db.example.com/desk', 'postgres://desk:pw@db.example.com/desk?sslmode=verify-full'],
    ['postgres://desk:pw@db.example.com/desk?sslmode=disable', undefined],
    ['postgres://desk:pw@127.0.0.1:5433/desk', undefined],
    [
      'postgres://desk:pw@127.example.com/desk',
      'postgres://desk:pw@127.example.com/desk?sslmode=verify-full',
    ],
    ['postgres://desk@%2Frun%2Fpostgresql/desk', undefined],
  ])('asks for TLS unless told otherwise: %s', (address, becomes) => {
    expect(withTls(address)).toBe(becomes ?? address);
  });

  const elsewhere = [
    'db.example.com/desk',
    '127.0.0.1/desk?host=db.example.com',
    '/desk?host=db.example.com',
    '127.0.0.1/desk?host=127.0.0.1&host=db.example.com',
    'db.example.com/desk?host=db2.example.com&port=5433',
    'db.example.com/desk?sslmode=',
    'db.example.com/desk?ssl=',
    'db.example.com/desk?sslmode=disable&sslmode=',
    '127.0.0.1,db.example.com/desk',
    '127.0.0.1:5432,db.example.com:5433/desk?target_session_attrs=read-write',
    '127.0.0.1/desk?host=127.0.0.1,db.example.com',
    '127.0.0.1/desk?host=127.0.0.1,db.example.com&port=5432,5433',
    '[2001:db8::1]:5432/desk',
  ];
  it.each(elsewhere)('reaches no server on another computer without TLS: %s', (place) => {
    for (const { url, name } of readAddress(`postgres://desk:pw@${place}`).servers) {
      const { host, ssl } = new Client(url) as Client & { ssl: unknown };
      expect({ name, ssl }).toMatchObject({ ssl: expect.any(Object) });
      expect(name).toContain(host);
    }
  });

  it('reaches another computer without TLS when PGHOST names it and the address does not, only if told to', () => {
    process.env['PGHOST'] = 'db.example.com';
    try {
      expect(withTls('postgres://desk:pw@/desk')).toBe(
        'postgres://desk:pw@db.example.com/desk?sslmode=verify-full',
      );
    } finally {
      delete process.env['PGHOST'];
    }
  });

  it.each([
    ['a:1,b:2/desk?target_session_attrs=read-write', ['a:1', 'b:2'], 'read-write'],
    ['a,b:2/desk', ['a:5432', 'b:2'], 'primary'],
    ['[::1]:7,[2001:db8::1]/desk?target_session_attrs=any', ['::1:7', '2001:db8::1:5432'], 'primary'],
    ['/desk?host=a,b&port=1,2', ['a:1', 'b:2'], 'primary'],
    ['c:9/desk?host=a,b&port=7', ['a:7', 'b:7'], 'primary'],
  ])('names every server of the address in its order: %s', (place, names, wanted) => {
    const { servers, sessionAttributes, database } = readAddress(`postgres://desk:pw@${place}`);
    expect(servers.map(({ name }) => name)).toEqual(names);
    expect([sessionAttributes, database]).toEqual([wanted, 'desk']);
    for (const { url } of servers) {
      const { user, password } = new Client(url);
      expect([user, password]).toEqual(['desk', 'pw']);
    }
  });

  it.each([
    ['a/desk?target_session_attrs=standby', 'read-write, primary or any'],
    ['a/desk?host=a,b,c&port=1,2', 'as many ports as hosts'],
    ['a/desk#secret', 'postgres://user:password@host'],
    ['word@a/desk', '%40 for @'],
    ['b@a:1/desk', '%40 for @'],
  ])('is refused in words without the password: %s', (place, message) => {
    const read = () => readAddress(`postgres://desk:hidden@${place}`);
    expect(read).toThrow(message);
    expect(read).not.toThrow('hidden');
  });
});

it.each(['pa@ss', 'pa/ss', '12/ss', 'pa?ss', '12?ss', 'pa#ss', 'pa%ss', 'a@b/c:d#e%f'])(
  'an address with the unencoded password %s is refused with how to encode it',
  (password) => {
    const read = () => readAddress(`postgres://desk:${password}@db.example.com/desk`);
    expect(read).toThrow('%40 for @, %2F for /');
    expect(read).not.toThrow(/\bss@|pa%|e%f/);
    const { servers } = readAddress(`postgres://desk:${encodeURIComponent(password)}@db.example.com/desk`);
    expect(new Client(servers[0]?.url).password).toBe(password);
  },
);

it('the compose file reaches its database with any password', () => {
  const file = readFileSync(new URL('../../build/packages/server/compose.yaml', import.meta.url), 'utf8');
  const valueOf = (name: string) => new RegExp(`^ +${name}: (.+)$`, 'm').exec(file)?.[1];
  const url = valueOf('RESET_DESK_DATABASE_URL') ?? '';
  // Nothing that is filled in could be read as a part of the address. The image of PostgreSQL has no certificate.
  expect(url).not.toContain('$');
  expect(readAddress(url).servers).toEqual([{ url, name: 'database:5432' }]);
  expect(new URL(url).searchParams.get('sslmode')).toBe('disable');
  expect(valueOf('PGPASSWORD')).toBe(valueOf('POSTGRES_PASSWORD'));
});

describe('a backend on PostgreSQL', () => {
  it('continues when its connections were cut', async () => {
    const backend = await startTestBackend();
    try {
      const { accessToken } = await backend.setUp();
      const client = new Client({ connectionString: `${process.env[testServerVariable] ?? ''}/postgres` });
      await client.connect();
      await client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'reset-desk' and datname = $1`,
        [new URL(backend.database?.url ?? '').pathname.slice(1)],
      );
      await client.end();
      await expect.poll(() => backend.lines.join('\n')).toContain('database-connection-broken');
      const me = await backend.ask('GET', '/api/v1/session', undefined, {
        authorization: `Bearer ${accessToken}`,
      });
      expect(await me.json()).toMatchObject({ operator: { userName: administrator.userName } });
    } finally {
      await backend.stop();
    }
  });

  it('loses only the work whose connection is cut between two of its statements', async () => {
    const database = await createTestDatabase();
    const said: string[] = [];
    const { reader, writer } = await openPostgresql(database ?? { url: '' }, (event) => said.push(event));
    const one = sql<{ one: number }>`select 1 as one`;
    const work = writer.transaction().execute(async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      await sql`select pg_terminate_backend(${rows[0]?.pid ?? 0})`.execute(reader);
      await expect.poll(() => said).toContain('database-connection-broken');
      await one.execute(tx);
    });
    await expect(work).rejects.toThrow(/connection/i);
    expect((await one.execute(writer)).rows).toEqual([{ one: 1 }]);
    await Promise.all([reader.destroy(), writer.destroy()]);
    await database?.drop();
  });

  it('refuses text that the database cannot hold, as the sender’s fault', async () => {
    const backend = await startTestBackend();
    try {
      const { accessToken } = await backend.setUp();
      // Typed texts are cleaned before; ids are not.
      const answer = await backend.ask(
        'POST',
        '/api/v1/cases',
        { accountId: 'a\0' },
        { authorization: `Bearer ${accessToken}` },
      );
      expect(await answer.json()).toMatchObject({ status: 400, code: 'request.invalid' });
      const page = await backend.ask('POST', '/login', 'userName=ann%00&password=a', {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
      });
      // Back to the form.
      expect(page.status).toBe(303);
      expect(backend.lines.join('\n')).not.toContain('unexpected');
    } finally {
      await backend.stop();
    }
  });
});

describe('a connection for searches', () => {
  it('prepares each statement once, up to a limit', async () => {
    const database = await createTestDatabase();
    const { db } = connectPostgresql(database?.url ?? '', {
      max: 1,
      timeoutMs: 5000,
      readOnly: true,
      prepares: true,
      onBroken: () => undefined,
    });
    const prepared = async () => {
      const { rows } = await sql<{ from_sql: boolean }>`select from_sql from pg_prepared_statements`.execute(
        db,
      );
      return rows.length;
    };
    expect(await prepared()).toBe(1);
    for (const value of ['one', 'two', 'three']) await sql`select ${value}::text as said`.execute(db);
    expect(await prepared()).toBe(2);
    for (let at = 0; at < 300; at += 1) await sql`select ${sql.lit(at)} as said`.execute(db);
    expect(await prepared()).toBe(200);
    await db.destroy();
    await database?.drop();
  });
});
