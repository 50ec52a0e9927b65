import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openPromise } from 'yauzl';
import type { ElectronApplication, Page } from '@playwright/test';
import { codeFor } from '../backend/desk-call.ts';
import { codeAt } from '../backend/join-operator.ts';
import { expect, test } from '../fixtures/console.ts';
import { CaseScreen } from '../screens/case-screen.ts';
import { Desk } from '../screens/desk.ts';
import { administrator, Entrance } from '../screens/entrance.ts';
import { Handover } from '../screens/handover.ts';
import { Rail } from '../screens/rail.ts';
import { SettingsScreen } from '../screens/settings-screen.ts';

/** The files of a ZIP archive. */
async function unzip(path: string): Promise<Readonly<Record<string, string>>> {
  const archive = await openPromise(path);
  const files: Record<string, string> = {};
  for await (const entry of archive.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await archive.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    files[entry.fileName] = Buffer.concat(chunks).toString('utf8');
  }
  return files;
}

/** The forms in which a file may contain a secret. */
const formsOf = (secret: string): readonly string[] => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('hex'),
];

/** Collects the tokens of every answer that main reads from now on. The returned function answers them. */
async function collectTokens(app: ElectronApplication): Promise<() => Promise<readonly string[]>> {
  await app.evaluate(() => {
    const { parse } = JSON;
    const seen: string[] = [];
    Object.assign(globalThis, { seenTokens: seen });
    JSON.parse = (text: string, reviver?: Parameters<typeof parse>[1]) => {
      const value = parse(text, reviver) as Record<string, unknown> | null;
      for (const name of ['accessToken', 'refreshToken'])
        if (typeof value?.[name] === 'string') seen.push(value[name]);
      return value as unknown;
    };
  });
  return () => app.evaluate(() => (globalThis as unknown as { seenTokens: string[] }).seenTokens);
}

type Ask = (group: string, name: string, input?: object) => Promise<Record<string, unknown>>;
/** Calls main as the page does. */
const askOf =
  (window: Page): Ask =>
  (group, name, input = {}) =>
    window.evaluate(
      async ([where, what, given]) => {
        type Call = (asked?: object) => Promise<{ ok: boolean; value: Record<string, unknown> }>;
        const { resetDesk } = globalThis as unknown as { resetDesk: Record<string, Record<string, Call>> };
        const answer = await resetDesk[where]?.[what]?.(given);
        if (answer?.ok !== true) throw new Error(`${where}.${what}: ${JSON.stringify(answer)}`);
        return answer.value;
      },
      [group, name, input] as const,
    );

/** Sets up a second factor and the service account of a directory; answers the secrets. */
async function plantSecrets(ask: Ask): Promise<Record<string, string>> {
  const directory = 'canary-directory-password-6';
  const { secret, ticket } = (await ask('self', 'offerSecondFactor')) as Record<'secret' | 'ticket', string>;
  const confirmed = await ask('self', 'confirmSecondFactor', {
    body: { ticket, code: codeAt(secret, Date.now()) },
  });
  await ask('directories', 'add', {
    body: {
      name: 'Canary',
      settings: {
        kind: 'ldap',
        preset: 'generic',
        servers: [{ host: '127.0.0.1', port: 9 }],
        baseDn: 'dc=example,dc=com',
        serviceAccount: 'cn=reset-desk,dc=example,dc=com',
      },
      secret: directory,
    },
  });
  const codes = (confirmed['recoveryCodes'] as string[]).map((code, at) => [`recovery code ${at}`, code]);
  return {
    'the second factor': secret,
    'the ticket of the second factor': ticket,
    'the password of the directory': directory,
    ...(Object.fromEntries(codes) as Record<string, string>),
  };
}

test('no secret of any step is in a log, a database, a trace or the report of a problem', async ({
  launchConsole,
  openLink,
  mailSink,
  userData,
}) => {
  test.slow();
  const smtpPassword = 'canary-smtp-password-5';
  const smtp = new URL(mailSink.url);
  Object.assign(smtp, { username: 'desk', password: smtpPassword });
  const running = await launchConsole({ RESET_DESK_SMTP_URL: smtp.href });
  const { app, window } = running;
  const tokens = await collectTokens(app);
  const entrance = new Entrance(window);
  const canaries: Record<string, string> = {
    'the operator’s password': administrator.password,
    'a wrong password': 'Canary-wrong-password-1',
    'the ticket of a link': 'CANARY-TICKET-2',
    'a link that is refused': 'canary-refused-link-3',
    'a password in the search': 'Canary.in.the.search.4',
    'the password of the mail server': smtpPassword,
  };
  await entrance.setUpThisComputer();
  const desk = new Desk(window);
  await desk.importSamples();
  await openLink(running, `resetdesk://account/m.okafor?ticket=${canaries['the ticket of a link']}`);
  await expect(desk.search).toHaveValue('m.okafor');
  await window.getByTestId('search-ticket-remove').click();
  await openLink(running, `resetdesk://reset/${canaries['a link that is refused']}`);
  await desk.search.fill(canaries['a password in the search'] ?? '');
  await desk.noHits.waitFor();
  await desk.open('m.okafor');
  const view = new CaseScreen(window);
  await view.sendCode.click();
  await view.readBack(await codeFor(mailSink, 'marlene.okafor@example.com'));
  await view.resetPassword.click();
  await view.confirm();
  const handover = new Handover(window);
  await handover.hidden.waitFor();
  await handover.keepShown.click();
  await expect(handover.shown).toHaveText(/^[A-Z][a-z]+(?:-[a-z]+){3}-\d\d$/);
  canaries['the temporary password'] = (await handover.shown.textContent()) ?? '';
  await handover.copy.click();
  await handover.done.click();
  await new Rail(window).signOut();
  await entrance.signIn(canaries['a wrong password']);
  await expect(entrance.failure).toBeVisible();
  await entrance.signIn();
  await expect(desk.search).toBeVisible();
  Object.assign(canaries, await plantSecrets(askOf(window)));

  await new SettingsScreen(window).open('settings.diagnostics.title');
  await window.getByTestId('settings-diagnostics-report').click();
  await window.getByTestId('report-description').fill('The queue stays empty.');
  const target = join(userData, 'report.zip');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = (async () => ({ canceled: false, filePath })) as never;
  }, target);
  const shown: Record<string, string> = {};
  for (const name of ['facts.json', 'console.log']) {
    await window.getByRole('tab', { name: name === 'facts.json' ? 'Facts' : 'Log' }).click();
    shown[name] = (await window.getByTestId(`report-text-${name}`).textContent()) ?? '';
  }
  await window.getByTestId('report-save').click();
  await expect(window.getByTestId('report-saved')).toContainText('report.zip');
  const saved = await unzip(target);
  expect(saved).toEqual({ ...shown, 'description.txt': 'The queue stays empty.' });
  expect(JSON.parse(saved['facts.json'] ?? '')).toMatchObject({ server: 'this-computer', managed: [] });
  // The log contains entries that could have held them.
  expect(saved['console.log']).toContain('link refused');
  expect(JSON.stringify(saved)).not.toContain(userData.slice(userData.lastIndexOf('/') + 1));
  const seen = await tokens();
  // The tokens of the set-up and of the sign-in.
  expect(seen.length).toBeGreaterThanOrEqual(4);
  for (const [at, token] of seen.entries()) canaries[`token ${at}`] = token;
  await app.close();

  const found: string[] = [];
  const search = (place: string, content: Buffer) => {
    for (const [what, secret] of Object.entries(canaries))
      if (formsOf(secret).some((form) => content.includes(form))) found.push(`${what}: ${place}`);
  };
  for (const [name, text] of Object.entries(saved)) search(`report/${name}`, Buffer.from(text));
  const files = (await readdir(userData, { recursive: true, withFileTypes: true })).filter((file) =>
    file.isFile(),
  );
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    search(path, await readFile(path));
  }
  expect(found).toEqual([]);
});
