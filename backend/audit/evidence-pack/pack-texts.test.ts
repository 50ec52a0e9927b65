import { expect, it } from 'vitest';
import { auditActionTexts } from '../../../shared/texts/en/audit-actions.ts';
import { factWords, stampIn, wordsOf, zoneWords } from './pack-texts.ts';

it.each([
  [{ tierFrom: 'privileged', tierTo: 'standard' }, 'tier: from privileged to standard'],
  [
    { managerFrom: null, managerTo: 'b.boss', statusFrom: 'disabled', statusTo: 'active' },
    'manager: from none to b.boss · status: from disabled to active',
  ],
  [{ userNameFrom: 'a.old', userNameTo: '' }, 'user name: from a.old to none'],
  [{ kind: 'emailed-code', from: 1, note: null }, 'kind: Emailed code · from: 1'],
  [
    { importId: '3b241101-e2bb-4255-8caf-4136c566a962', tierFrom: 'standard', tierTo: 'sensitive' },
    'tier: from standard to sensitive',
  ],
  [{ accountFrom: '3b241101-e2bb-4255-8caf-4136c566a962', accountTo: null }, ''],
  [{ sourceIdTo: '17' }, 'source id to: 17'],
  [
    { deliveryMode: 'spoken', oldPassword: 'dies-now', unlocked: false, sessionsEnded: 2 },
    'handed over as: read out · old password: ended at once · sessions ended: 2',
  ],
])('writes the facts of an event for people: %j', (facts, words) => {
  expect(factWords(facts)).toBe(words);
});

it.each([
  ['reset.intended', auditActionTexts.reset_intended],
  ['grant.minted', auditActionTexts.grant_minted],
  ['something.of-a-newer-version', 'Something of a newer version'],
])('names %s as the console does', (action, words) => {
  expect(wordsOf(action)).toBe(words);
});

it('writes times in the desk’s zone with its name', () => {
  expect(stampIn('Europe/Berlin')('2026-11-29T16:05:09.000Z')).toBe('2026-11-29 17:05:09');
  expect(stampIn('UTC')('2026-11-29T16:05:09.000Z')).toBe('2026-11-29 16:05:09');
  expect(zoneWords('Europe/Berlin', '2026-11-29T16:05:09.000Z')).toBe('Europe/Berlin, UTC+1');
  expect(zoneWords('UTC', '2026-11-29T16:05:09.000Z')).toBe('UTC');
});
