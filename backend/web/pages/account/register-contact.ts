import { z } from 'zod';
import type { HeldChanges } from '../../../credentials/own-changes/held-changes.ts';
import type { OwnChangeOutcome } from '../../../credentials/own-changes/own-changes.ts';
import type { ConfirmPassword } from '../../../self-service/confirm-password.ts';
import type { ContactPart } from '../../../self-service/contact-rules.ts';
import type { OwnContact } from '../../../self-service/own-contact.ts';
import type { Site } from '../site.ts';
import { code, currentPassword, noticeOf, rowId } from '../form-fields.ts';
import { texts } from '../texts.ts';
import type { Notice } from './account-frame.ts';
import { contactCodeForm, contactForm, formFaults, removeForm, type FormFault } from './contact-forms.ts';
import { contactPage } from './contact-page.ts';
import { requireSignedIn } from './signed-in.ts';

interface Collaborators {
  readonly contact: OwnContact;
  readonly held: Pick<HeldChanges, 'withdraw'>;
  readonly confirmPassword: ConfirmPassword;
}

const { contact: text, held: heldTexts } = texts.account;
const parts: readonly ContactPart[] = ['email', 'phone', 'recovery-address'];
const value = currentPassword.extend({ value: z.string().max(254).catch('') });
const change = z.object({ change: rowId });
const address = z.object({ address: rowId });
const refusedValue = z.object({ value: z.string(), fault: z.enum(formFaults) });
const wrongPassword = z.object({ fault: z.literal('wrong-password') });
const wrongCode = z.object({ fault: z.literal('wrong-code') });

const notices: Readonly<Record<string, Notice>> = {
  ...Object.fromEntries(
    Object.entries(text.done).map(([name, message]) => [name, { kind: 'good', text: message }]),
  ),
  held: { kind: 'look', text: heldTexts.notice },
  taken: { kind: 'good', text: heldTexts.cancelled },
  over: { kind: 'bad', text: text.code.expired },
};
const addressAfter = ({ kind }: OwnChangeOutcome, said: string): string =>
  `/account/contact?said=${kind === 'held' ? 'held' : said}`;

/** The user's contact data. Every change asks for the password. */
export function registerContact(site: Site, collaborators: Collaborators): void {
  const { contact, held } = collaborators;
  const { page, originOf } = site;
  site.get(
    '/account/contact',
    requireSignedIn(site, async (request, reply, { account }) => {
      const notice = noticeOf(notices, request.query);
      return page(reply, contactPage(account.display_name, await contact.view(account), notice));
    }),
  );
  for (const part of parts) registerChange(site, part, collaborators);
  registerCode(site, collaborators);
  registerRemoval(site, collaborators);
  site.form(
    '/account/contact/withdraw',
    change,
    requireSignedIn(site, async (request, reply, { account }, { change: changeId }) => {
      const withdrawn = await held.withdraw(account, changeId, originOf(request, account));
      return reply.redirect(`/account/contact${withdrawn ? '?said=taken' : ''}`, 303);
    }),
  );
}

/** The form for a new address or number. */
function registerChange(site: Site, part: ContactPart, { contact, confirmPassword }: Collaborators): void {
  const { page, originOf, results } = site;
  const path = `/account/contact/${part}`;
  site.get(
    path,
    requireSignedIn(site, (request, reply, { account }) => {
      const result = results.read(request, refusedValue);
      const content = contactForm(account.display_name, part, result ?? { value: '', fault: null });
      return page(reply, content, result === null ? 200 : 422);
    }),
  );
  site.form(
    path,
    value,
    requireSignedIn(site, async (request, reply, { account }, form) => {
      const by = originOf(request, account);
      const refuse = (fault: FormFault) => results.redirect(reply, path, { value: form.value, fault });
      if (!(await confirmPassword.confirm(account, form.current, by))) return refuse('wrong-password');
      const outcome = await contact.requestChange(account, part, form.value, by);
      if (outcome.kind === 'refused') return refuse(outcome.fault);
      return reply.redirect(
        outcome.kind === 'code-sent'
          ? `/account/contact/code?change=${outcome.changeId}`
          : addressAfter(outcome, part),
        303,
      );
    }),
    { limited: true },
  );
}

/** The form for the code that was sent to the new address or number. */
function registerCode(site: Site, { contact }: Collaborators): void {
  const { page, originOf, results } = site;
  const over = '/account/contact?said=over';
  site.get(
    '/account/contact/code',
    requireSignedIn(site, async (request, reply, { account }) => {
      const { change: changeId } = change.parse(request.query);
      const sentTo = await contact.sentTo(account, changeId);
      if (sentTo === null) return reply.redirect(over, 303);
      const isWrong = results.read(request, wrongCode) !== null;
      const content = contactCodeForm(account.display_name, changeId, sentTo, isWrong);
      return page(reply, content, isWrong ? 422 : 200);
    }),
  );
  site.form(
    '/account/contact/code',
    change.extend(code.shape),
    requireSignedIn(site, async (request, reply, { account }, { change: changeId, code: typed }) => {
      const outcome = await contact.confirmChange(account, changeId, typed, originOf(request, account));
      if (outcome.kind === 'done' || outcome.kind === 'held')
        return reply.redirect(addressAfter(outcome, outcome.part), 303);
      const isOpen = outcome.kind === 'wrong' && (await contact.sentTo(account, changeId)) !== null;
      if (!isOpen) return reply.redirect(over, 303);
      return results.redirect(reply, `/account/contact/code?change=${changeId}`, { fault: 'wrong-code' });
    }),
    { limited: true },
  );
}

/** Removing a recovery address. */
function registerRemoval(site: Site, { contact, confirmPassword }: Collaborators): void {
  const { page, originOf, results } = site;
  const addressOf = async (found: Parameters<OwnContact['view']>[0], id: string) =>
    (await contact.view(found)).recovery.find((recovery) => recovery.id === id);
  site.get(
    '/account/contact/remove',
    requireSignedIn(site, async (request, reply, { account }) => {
      const found = await addressOf(account, address.parse(request.query).address);
      if (!found) return reply.redirect('/account/contact', 303);
      const isRefused = results.read(request, wrongPassword) !== null;
      return page(reply, removeForm(account.display_name, found, isRefused), isRefused ? 422 : 200);
    }),
  );
  site.form(
    '/account/contact/remove',
    address.extend(currentPassword.shape),
    requireSignedIn(site, async (request, reply, { account }, { address: id, current }) => {
      const by = originOf(request, account);
      const found = await addressOf(account, id);
      if (!found) return reply.redirect('/account/contact', 303);
      if (!(await confirmPassword.confirm(account, current, by))) {
        const path = `/account/contact/remove?address=${found.id}`;
        return results.redirect(reply, path, { fault: 'wrong-password' });
      }
      const outcome = await contact.removeAddress(account, found.id, by);
      return reply.redirect(
        outcome === null ? '/account/contact' : addressAfter(outcome, 'recovery-address-removed'),
        303,
      );
    }),
    { limited: true },
  );
}
