import { z } from 'zod';
import { typedLine, typedNote } from './typed-text.ts';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';

export const knownChangeKinds = ['mail-domain', 'phone-prefix'] as const;

export const knownChangeView = z.object({
  id: z.string(),
  kind: z.enum(knownChangeKinds),
  from: z.string(),
  to: z.string(),
  reason: z.string(),
  announcedBy: z.string(),
  announcedAt: z.iso.datetime(),
  until: z.iso.datetime(),
});
export type KnownChangeView = z.infer<typeof knownChangeView>;

const right = 'accounts.import';
const scope = { by: 'everything' } as const;

export const listKnownChanges = endpoint({
  id: 'listKnownChanges',
  method: 'GET',
  path: '/known-changes',
  summary: 'List announced changes of mail domains and phone numbers that are in force',
  right,
  scope,
  bridge: 'knownChanges.list',
  answer: z.object({ changes: z.array(knownChangeView) }),
  errors: [],
});

export const announceKnownChange = endpoint({
  id: 'announceKnownChange',
  method: 'POST',
  path: '/known-changes',
  summary:
    'Announce that all addresses get another mail domain, or all numbers another prefix; imports with this change start no cool-down and send no mails',
  right,
  scope,
  proof: 'recent',
  protected: { by: 'every-call' },
  bridge: 'knownChanges.announce',
  body: z.object({
    kind: z.enum(knownChangeKinds),
    from: typedLine(limits.email).min(1),
    to: typedLine(limits.email).min(1),
    /** Days for which it holds. */
    days: z.int().min(1).max(90),
    reason: typedNote(limits.note).min(3),
  }),
  answer: z.object({ changes: z.array(knownChangeView) }),
  errors: ['known-change.invalid'],
});

export const withdrawKnownChange = endpoint({
  id: 'withdrawKnownChange',
  method: 'DELETE',
  path: '/known-changes/:knownChangeId',
  summary: 'End an announced change',
  right,
  scope,
  protected: { by: 'nothing', because: 'cool-downs and mails start again' },
  bridge: 'knownChanges.withdraw',
  params: z.object({ knownChangeId: z.string().min(1).max(100) }),
  answer: z.object({ changes: z.array(knownChangeView) }),
  errors: ['known-change.not-found'],
});
