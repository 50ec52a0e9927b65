import {
  templateNames,
  type TemplateName,
  type TemplateView,
  type TemplateTexts,
} from '../../../../shared/api/mail-template.ts';
import type { Origin } from '../../../store/append-event.ts';
import { Refusal } from '../../../refusal.ts';
import type { Transaction, Store } from '../../../store/store.ts';
import { assertValidTemplate } from './check-template.ts';
import { defaultTemplates } from './default-templates.ts';

export interface Templates {
  list(): Promise<TemplateView[]>;
  /** The texts in force; read within the transaction `tx` if given. */
  texts(name: TemplateName, tx?: Transaction): Promise<TemplateTexts>;
  /** Puts a new version in force, or (null) the product's own texts. Throws `mail.template-invalid` or `request.conflict`. */
  change(
    name: TemplateName,
    basedOn: number,
    texts: TemplateTexts | null,
    origin: Origin,
  ): Promise<TemplateView>;
}

/** The texts of all mails: the product's own, and the versions written by administrators. */
export function createTemplates({ store, now }: { store: Store; now: () => number }): Templates {
  const newest = (name: TemplateName, tx?: Transaction) =>
    (tx ?? store.db)
      .selectFrom('mail_templates')
      .selectAll()
      .where('name', '=', name)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst();
  const view = async (name: TemplateName, tx?: Transaction): Promise<TemplateView> => {
    const row = await newest(name, tx);
    const { mandatory, optional, subject, body } = defaultTemplates[name];
    const original = row === undefined || row.subject === null || row.body === null;
    return {
      name,
      version: row?.version ?? 0,
      original,
      subject: original ? subject : (row.subject ?? ''),
      body: original ? body : (row.body ?? ''),
      changedAt: row ? new Date(row.changed_at).toISOString() : null,
      changedBy: row?.changed_by ?? null,
      placeholders: [
        ...mandatory.map((placeholder) => ({ name: placeholder, mandatory: true })),
        ...optional.map((placeholder) => ({ name: placeholder, mandatory: false })),
      ],
    };
  };
  return {
    list: () => Promise.all(templateNames.map((name) => view(name))),
    texts: async (name, tx) => {
      const { subject, body } = await view(name, tx);
      return { subject, body };
    },
    async change(name, basedOn, words, origin) {
      if (words !== null) assertValidTemplate(name, words);
      await store.change(origin, async (tx, record) => {
        const version = (await newest(name, tx))?.version ?? 0;
        if (version !== basedOn) {
          throw new Refusal('request.conflict', {
            detail: 'The template was changed meanwhile. Read it again.',
          });
        }
        await tx
          .insertInto('mail_templates')
          .values({
            name,
            version: version + 1,
            subject: words?.subject ?? null,
            body: words?.body ?? null,
            changed_at: now(),
            changed_by: origin.actor.kind === 'system' ? null : origin.actor.name,
          })
          .execute();
        await record({
          action: 'mail.template-changed',
          facts: { template: name, from: version, to: version + 1, original: words === null },
        });
      });
      return view(name);
    },
  };
}
