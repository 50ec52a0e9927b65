import { describe, expect, it } from 'vitest';
import { isKnownChange, knownChangeOf, type KnownChange } from './known-change.ts';

const known = (['mail-domain', 'phone-prefix'] as const).flatMap(
  (kind) =>
    knownChangeOf(
      kind === 'mail-domain'
        ? { kind, from: '@Bücher.example', to: 'new.example' }
        : { kind, from: '+49 30 555', to: '+49 30 777' },
    ) ?? [],
);
const isKnown = (
  [email, phone]: [string | null, string | null],
  [newEmail, newPhone]: [string | null, string | null],
) =>
  isKnownChange(
    { email_key: email, phone_digits: phone },
    { email_key: newEmail, phone_digits: newPhone },
    { email: email !== newEmail, phone: phone !== newPhone },
    known,
  );

describe('an announced change', () => {
  it.each<[string, [string | null, string | null], [string | null, string | null], boolean]>([
    ['the same name at the new domain', ['a@xn--bcher-kva.example', null], ['a@new.example', null], true],
    ['another name at the new domain', ['a@xn--bcher-kva.example', null], ['b@new.example', null], false],
    ['a subdomain', ['a@x.xn--bcher-kva.example', null], ['a@x.new.example', null], false],
    ['the way back', ['a@new.example', null], ['a@xn--bcher-kva.example', null], false],
    ['the same end behind the new beginning', [null, '4930555100'], [null, '4930777100'], true],
    ['another end', [null, '4930555100'], [null, '4930777101'], false],
    ['both', ['a@xn--bcher-kva.example', '4930555100'], ['a@new.example', '4930777100'], true],
    ['one of both', ['a@xn--bcher-kva.example', '4930555100'], ['a@new.example', '4917123'], false],
    ['an address that is new', [null, null], ['a@new.example', null], false],
    ['nothing', ['a@new.example', null], ['a@new.example', null], false],
  ])('covers %s: %s → %s', (_what, before, after, covered) => {
    expect(isKnown(before, after)).toBe(covered);
  });

  it.each<KnownChange>([
    { kind: 'mail-domain', from: 'a.example', to: 'A.EXAMPLE' },
    { kind: 'mail-domain', from: '@', to: 'a.example' },
    { kind: 'phone-prefix', from: 'none', to: '+49' },
  ])('cannot be made of $from and $to', (change) => {
    expect(knownChangeOf(change)).toBeNull();
  });
});
