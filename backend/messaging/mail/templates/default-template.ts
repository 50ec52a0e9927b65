import type { PlaceholderName, TemplateTexts } from '../../../../shared/api/mail-template.ts';

/** The product's words of one mail, and what they may and must say. */
export interface DefaultTemplate extends TemplateTexts {
  /** Those without which the mail would be of no use. */
  readonly mandatory: readonly PlaceholderName[];
  readonly optional: readonly PlaceholderName[];
  /** What the button says that `{{link}}` becomes. */
  readonly linkLabel?: string;
  /** What the button says that `{{notMe}}` becomes, where that is not "This was not me". */
  readonly notMeLabel?: string;
}

/** What every letter about an account may say. */
export const commonPlaceholders = ['name', 'userName', 'time', 'contact'] as const;
export const lines = (...all: string[]): string => all.join('\n');
/** How a letter to the owner of an account ends: with a way to stop what it tells of, and a real contact. */
export const notMeLines = [
  'If this was not you, stop it here, and call the help desk:',
  '',
  '{{notMe}}',
  '',
  '{{contact}}',
] as const;
