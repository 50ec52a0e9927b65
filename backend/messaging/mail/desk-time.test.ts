import { describe, expect, it } from 'vitest';
import { policyDocument, defaultPolicy } from '../../../shared/api/policy.ts';
import { deskTime } from './desk-time.ts';

const at = Date.parse('2026-03-01T23:05:00Z');
const contact = (timeZone: string) => ({ ...defaultPolicy.deskContact, timeZone });

describe('the time in a mail', () => {
  it.each([
    ['UTC', '2026-03-01 23:05 UTC'],
    ['Europe/Berlin', '2026-03-02 00:05 CET'],
    ['America/New_York', '2026-03-01 18:05 GMT-5'],
    ['Asia/Kolkata', '2026-03-02 04:35 GMT+5:30'],
  ])('names the zone of the desk in which it is told: %s', (zone, told) => {
    expect(deskTime(at, contact(zone))).toBe(told);
  });

  it('follows daylight saving time', () => {
    expect(deskTime(Date.parse('2026-07-01T10:00:00Z'), contact('Europe/Berlin'))).toBe(
      '2026-07-01 12:00 CEST',
    );
  });

  it('is that of the backend where no zone is chosen', () => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    expect(deskTime(at, contact(''))).toBe(deskTime(at, contact(timeZone)));
  });

  it('refuses an unknown time zone', () => {
    const withZone = (timeZone: string) =>
      policyDocument.safeParse({ ...defaultPolicy, deskContact: contact(timeZone) }).success;
    expect(withZone('Europe/Lisbon')).toBe(true);
    expect(withZone('Europe/Atlantis')).toBe(false);
  });
});
