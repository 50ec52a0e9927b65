import { Secret, TOTP } from 'otpauth';
import { openDatabase } from '../../backend/app/configuration/open-database.ts';
import { readSecretKey } from '../../backend/app/configuration/secret-key.ts';
import { createEnrolment } from '../../backend/credentials/enrolment/enrolment.ts';
import {
  changesForTest,
  silentNotifications,
} from '../../backend/credentials/own-changes/changes-for-test.ts';
import { createKeyedHash } from '../../backend/store/keyed-hash.ts';
import { createSealed } from '../../backend/store/sealed.ts';
import type { startTestBackend } from './start-test-backend.ts';
import { exposeAll } from '../../shared/secret/secret.ts';

type Backend = Awaited<ReturnType<typeof startTestBackend>>;

/** Sets up an account's authenticator, recovery codes and a question as its owner would, directly in the backend's database. */
export async function enrol(backend: Backend, accountId: string) {
  const now = () => backend.clock.at;
  const { dataFolder, database } = backend;
  const { store } = await openDatabase(
    { dataFolder, ...(database && { database }), log: () => undefined },
    now,
  );
  const key = readSecretKey(dataFolder);
  const sealed = createSealed(key);
  const enrolment = createEnrolment({
    store,
    sealed,
    keyed: createKeyedHash(key),
    changes: changesForTest({ store, sealed, now }),
    notifications: silentNotifications,
    now,
  });
  const account = { id: accountId, user_name: 'm.okafor' };
  const origin = {
    actor: { kind: 'user', id: accountId, name: 'Marlene Okafor' },
    clientAddress: null,
    client: null,
  } as const;
  const begun = await enrolment.authenticators.begin(account);
  const secret = begun.secret.expose();
  const codeAt = (at: number) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });
  await enrolment.authenticators.confirm(account, begun.enrolmentId, codeAt(now()), origin);
  const { codes } = await enrolment.recoveryCodes.create(account, origin);
  await enrolment.questions.set(account, [{ question: 'First street?', answer: 'Ahornweg' }], origin);
  await store.close();
  return { codeAt, recoveryCodes: exposeAll(codes), secret };
}
