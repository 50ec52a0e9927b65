import type { CheckKind } from '../../shared/api/check.ts';
import type { PersonaKind } from '../../shared/api/drill.ts';
import type { Tier } from './callers.ts';

/** The facts about a kind of caller. */
export interface Persona {
  readonly kind: PersonaKind;
  readonly honest: boolean;
  /** The tiers of the accounts that they call about. */
  readonly tiers: readonly Tier[];
  /** The checks that they pass if the operator does them correctly. */
  readonly passes: readonly CheckKind[];
  /** The account's history before the call. */
  readonly past?: 'refused-today' | 'email-changed';
}

export const personas: readonly Persona[] = [
  {
    kind: 'forgetful',
    honest: true,
    tiers: ['standard'],
    passes: ['emailed-code', 'texted-code', 'call-back', 'managers-word', 'in-person'],
  },
  {
    kind: 'phone-at-home',
    honest: true,
    tiers: ['standard', 'sensitive'],
    passes: ['emailed-code', 'managers-word'],
  },
  {
    kind: 'fumbles',
    honest: true,
    tiers: ['standard', 'sensitive'],
    passes: ['emailed-code', 'texted-code', 'call-back', 'in-person'],
  },
  {
    kind: 'privileged-hurry',
    honest: true,
    tiers: ['privileged'],
    passes: ['emailed-code', 'texted-code', 'call-back', 'managers-word'],
  },
  {
    kind: 'wants-proof',
    honest: true,
    tiers: ['standard', 'sensitive'],
    passes: ['emailed-code', 'texted-code', 'call-back'],
  },
  { kind: 'knows-data', honest: false, tiers: ['standard', 'sensitive', 'privileged'], passes: [] },
  { kind: 'reads-the-mailbox', honest: false, tiers: ['sensitive', 'privileged'], passes: ['emailed-code'] },
  {
    kind: 'calls-again',
    honest: false,
    tiers: ['standard', 'sensitive'],
    passes: [],
    past: 'refused-today',
  },
  { kind: 'claims-to-be-boss', honest: false, tiers: ['sensitive', 'privileged'], passes: [] },
  {
    kind: 'changed-contact',
    honest: false,
    tiers: ['standard', 'sensitive'],
    passes: ['emailed-code'],
    past: 'email-changed',
  },
];

/** How long ago the email address of a `changed-contact` account was changed, in milliseconds. */
export const emailChangedBefore = 2 * 24 * 3_600_000;
