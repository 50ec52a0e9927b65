import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../../../shared/api/policy.ts';
import { templateNames, type TemplateName } from '../../../../shared/api/mail-template.ts';
import { createKeyedHash } from '../../../store/keyed-hash.ts';
import { openSqliteInMemory } from '../../../store/open-sqlite.ts';
import { createStore, type Store } from '../../../store/store.ts';
import { createMailComposer, type MailAccount } from '../mail-composer.ts';
import { findTemplateFaults } from './check-template.ts';
import { defaultTemplates } from './default-templates.ts';
import { createTemplates } from './templates.ts';

const now = () => Date.parse('2026-03-01T09:00:00Z');
const keyed = createKeyedHash(new Uint8Array(32).fill(7));
const owner = { id: 'an-account', displayName: 'Marlene Okafor', userName: 'm.okafor' } as const;
const manager = { ...owner, readBy: 'manager' } as const;
const operator = { id: null, operatorId: 'an-operator', displayName: 'Olga Operator' } as const;

/** The readers of mails that do not go to the owner of the account. */
const readers: Readonly<Partial<Record<TemplateName, MailAccount>>> = {
  'manager-notice': manager,
  'managers-word': manager,
  'operator-invitation': operator,
  'operator-password': operator,
  'operator-recovery-code': operator,
  'operator-changed': operator,
  'protected-change-proposed': operator,
  'protected-change-made': operator,
  'protected-change-dropped': operator,
  'source-changes-held': operator,
  'directory-closures-held': operator,
  'directory-changes-held': operator,
};

describe('every mail has a way to say "This was not me"', () => {
  let store: Store;
  beforeAll(async () => {
    store = createStore((await openSqliteInMemory()).db, now);
  });
  afterAll(() => store.close());

  it.each(templateNames)('%s: in the text, in the HTML as a button, and behind it', async (name) => {
    const mailComposer = createMailComposer({
      store,
      templates: createTemplates({ store, now }),
      policy: { current: () => Promise.resolve({ version: 1, document: defaultPolicy }) },
      keyed,
      publicUrl: () => 'https://desk.example.com',
      now,
    });
    const reader = readers[name] ?? owner;
    const { text, html } = await mailComposer.compose(name, reader, `mail-of-${name}`, {
      link: 'https://desk.example.com/a/link',
      code: '123 456',
    });
    const [, way = '', token = ''] =
      /https:\/\/desk\.example\.com\/(not-me|report)\/([\w-]{43})\b/.exec(text) ?? [];
    expect(way).toBe(reader === owner ? 'not-me' : 'report');
    expect(html).toContain(`href="https://desk.example.com/${way}/${token}"`);
    expect(html).toContain(`>${defaultTemplates[name].notMeLabel ?? 'This was not me'}</a>`);

    const table = way === 'report' ? 'report_links' : 'not_me_links';
    const link = await store.db
      .selectFrom(table)
      .selectAll()
      .where('token_hash', '=', keyed.hash(way === 'report' ? 'report' : 'not-me', token))
      .executeTakeFirstOrThrow();
    expect(link.mail_id).toBe(`mail-of-${name}`);
    expect(link.account_id).toBe(reader.id);
  });

  it.each(templateNames)('%s: keeps it in an administrator’s template', (name) => {
    const { subject, body } = defaultTemplates[name];
    expect(findTemplateFaults(name, { subject, body })).toEqual([]);
    const without = findTemplateFaults(name, { subject, body: body.replaceAll('{{notMe}}', '') });
    expect(without.map(({ message }) => message).join(' ')).toContain('{{notMe}} is missing');
  });
});
