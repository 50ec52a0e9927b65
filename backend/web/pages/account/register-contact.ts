import { z } from 'zod';
import type { HeldChanges } from '../../../credentials/own-changes/held-changes.ts';
import type { OwnChangeOutcome } from '../../../credentials/own-changes/own-changes.ts';
import type { ConfirmPassword } from '../../../self-service/confirm-password.ts';
import type { ContactPart } from '../../../self-service/contact-rules.ts';
import type { OwnContact } from '../../../self-service/own-contact.ts';
import { assertSameOrigin } from '../same-origin.ts';
import { perMinute, type Site } from '../site.ts';
import { code, currentPassword } from '../form-fields.ts';
import { texts } from '../texts.ts';
import type { Notice } from './account-frame.ts';
import { contactCodeForm, contactForm, removeForm } from './contact-forms.ts';
import { contactPage } from './contact-page.ts';
import { requireSignedIn } from './signed-in.ts';

interface Collaborators {
  readonly contact: OwnContact;
  readonly held: Pick<HeldChanges, 'withdraw'>;
  readonly confirmPassword: ConfirmPassword;
}

const { contact: text, held: heldTexts } = texts.account;
const parts: readonly ContactPart[] = ['email', 'phone', 'recovery-address'];
const value = z.object({ value: z.string().max(254).catch('') });
const change = z.object({ change: z.string().max(100).catch('') });
const address = z.object({ address: z.string().max(100).catch('') });

const notices: Readonly<Record<string, Notice>> = {
  ...Object.fromEntries(
    Object.entries(text.done).map(([name, message]) => [name, { kind: 'good', text: message }]),
  ),
  held: { kind: 'look', text: heldTexts.notice },
  taken: { kind: 'good', text: heldTexts.cancelled },
  over: { kind: 'bad', text: text.code.expired },
};
const addressAfter = (outcome: OwnChangeOutcome, said: string): string =>
  `/account/contact?said=${outcome.kind === 'held' ? 'held' : said}`;

/** The user's contact data. Every change asks for the password. */
export function registerContact(site: Site, { contact, held, confirmPassword }: Collaborators): void {
  const { server, page, originOf } = site;

  server.get(
    '/account/contact',
    requireSignedIn(site, async (request, reply, { account }) => {
      const said = notices[(request.query as { said?: string }).said ?? ''] ?? null;
      return page(reply, contactPage(account.display_name, await contact.view(account), said));
    }),
  );

  for (const part of parts) {
    server.get(
      `/account/contact/${part}`,
      requireSignedIn(site, (_request, reply, { account }) =>
        page(reply, contactForm(account.display_name, part, { value: '', fault: null })),
      ),
    );
    server.post(
      `/account/contact/${part}`,
      perMinute,
      requireSignedIn(site, async (request, reply, { account }) => {
        assertSameOrigin(request);
        const by = originOf(request, account);
        const form = value.parse(request.body ?? {});
        const { current } = currentPassword.parse(request.body ?? {});
        const showAgain = (fault: Parameters<typeof contactForm>[2]['fault']) =>
          page(reply, contactForm(account.display_name, part, { ...form, fault }), 422);
        if (!(await confirmPassword.confirm(account, current, by))) return showAgain('wrong-password');
        const outcome = await contact.requestChange(account, part, form.value, by);
        if (outcome.kind === 'refused') return showAgain(outcome.fault);
        return reply.redirect(
          outcome.kind === 'code-sent'
            ? `/account/contact/code?change=${outcome.changeId}`
            : addressAfter(outcome, part),
          303,
        );
      }),
    );
  }

  server.get(
    '/account/contact/code',
    requireSignedIn(site, async (request, reply, { account }) => {
      const { change: changeId } = change.parse(request.query);
      const sentTo = await contact.sentTo(account, changeId);
      if (sentTo === null) return reply.redirect('/account/contact?said=over', 303);
      return page(reply, contactCodeForm(account.display_name, changeId, sentTo, false));
    }),
  );
  server.post(
    '/account/contact/code',
    perMinute,
    requireSignedIn(site, async (request, reply, { account }) => {
      assertSameOrigin(request);
      const { change: changeId } = change.parse(request.body ?? {});
      const given = code.parse(request.body ?? {}).code;
      const outcome = await contact.confirmChange(account, changeId, given, originOf(request, account));
      if (outcome.kind === 'done' || outcome.kind === 'held')
        return reply.redirect(addressAfter(outcome, outcome.part), 303);
      const sentTo = outcome.kind === 'wrong' ? await contact.sentTo(account, changeId) : null;
      if (sentTo === null) return reply.redirect('/account/contact?said=over', 303);
      return page(reply, contactCodeForm(account.display_name, changeId, sentTo, true), 422);
    }),
  );

  const addressOf = async (found: Parameters<OwnContact['view']>[0], id: string) =>
    (await contact.view(found)).recovery.find((recovery) => recovery.id === id);
  server.get(
    '/account/contact/remove',
    requireSignedIn(site, async (request, reply, { account }) => {
      const found = await addressOf(account, address.parse(request.query).address);
      if (!found) return reply.redirect('/account/contact', 303);
      return page(reply, removeForm(account.display_name, found, false));
    }),
  );
  server.post(
    '/account/contact/remove',
    perMinute,
    requireSignedIn(site, async (request, reply, { account }) => {
      assertSameOrigin(request);
      const by = originOf(request, account);
      const found = await addressOf(account, address.parse(request.body ?? {}).address);
      if (!found) return reply.redirect('/account/contact', 303);
      const { current } = currentPassword.parse(request.body ?? {});
      if (!(await confirmPassword.confirm(account, current, by)))
        return page(reply, removeForm(account.display_name, found, true), 422);
      const outcome = await contact.removeAddress(account, found.id, by);
      return reply.redirect(
        outcome === null ? '/account/contact' : addressAfter(outcome, 'recovery-address-removed'),
        303,
      );
    }),
  );
  server.post(
    '/account/contact/withdraw',
    requireSignedIn(site, async (request, reply, { account }) => {
      assertSameOrigin(request);
      const { change: changeId } = change.parse(request.body ?? {});
      const withdrawn = await held.withdraw(account, changeId, originOf(request, account));
      return reply.redirect(`/account/contact${withdrawn ? '?said=taken' : ''}`, 303);
    }),
  );
}
