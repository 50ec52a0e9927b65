import { expect, it } from 'vitest';
import { factWords } from './pack-texts.ts';

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
])('writes the facts of an event for people: %j', (facts, words) => {
  expect(factWords(facts)).toBe(words);
});
