import type { PlaceholderName, TemplateWords } from '../../../shared/api/mail-template.ts';

/** The product's words of one mail, and what they may and must say. */
export interface DefaultTemplate extends TemplateWords {
  /** Those without which the mail would be of no use. */
  readonly mandatory: readonly PlaceholderName[];
  readonly optional: readonly PlaceholderName[];
  /** What the button says that `{{link}}` becomes. */
  readonly linkLabel?: string;
}

/** What every letter about an account may say. */
export const always = ['name', 'userName', 'time', 'contact'] as const;
export const lines = (...all: string[]): string => all.join('\n');
