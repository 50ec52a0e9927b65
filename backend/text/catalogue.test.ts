import { describe, expect, it } from 'vitest';
import { createTranslate } from './catalogue.ts';

const translate = createTranslate({
  greeting: 'Hello {{name}}, {{time}}.',
  link: { hours_one: '{{count}} hour', hours_other: '{{count}} hours' },
});

describe('a catalogue', () => {
  it('chooses the plural form by the count', () => {
    expect([0, 1, 2].map((count) => translate('link.hours', { count }))).toEqual([
      '0 hours',
      '1 hour',
      '2 hours',
    ]);
  });

  it('fills in values as they are', () => {
    expect(translate('greeting', { name: '<b>', time: '$1' })).toBe('Hello <b>, $1.');
  });

  it.each(['{{time}}', '$t(link.hours)', '$t(link.hours, {"count": 1})'])(
    'does not read %s in a value',
    (name) => {
      expect(translate('greeting', { name, time: 'now' })).toBe(`Hello ${name}, now.`);
    },
  );
});
