/** Durations and remaining times. */
export const times = {
  minutes_one: '{{count}} minute',
  minutes_other: '{{count}} minutes',
  hours_one: '{{count}} hour',
  hours_other: '{{count}} hours',
  days_one: '{{count}} day',
  days_other: '{{count}} days',
  and: '{{hours}} and {{minutes}}',
  remaining: '{{lead}} {{time}} ({{left}}).',
  left: '{{duration}} left',
} as const;
