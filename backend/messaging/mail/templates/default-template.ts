import type { PlaceholderName, TemplateTexts } from '../../../../shared/api/mail-template.ts';

/** The product's own text of one mail, and the placeholders that it must and may contain. */
export interface DefaultTemplate extends TemplateTexts {
  /** Placeholders without which the mail would be useless. */
  readonly mandatory: readonly PlaceholderName[];
  readonly optional: readonly PlaceholderName[];
  /** The label of the button that replaces `{{link}}` in HTML. */
  readonly linkLabel?: string;
  /** The label of the button that replaces `{{notMe}}` in HTML; defaults to "This was not me". */
  readonly notMeLabel?: string;
}

/** Placeholders that every mail about an account may contain. */
export const commonPlaceholders = ['name', 'userName', 'time', 'contact'] as const;
export const lines = (...all: string[]): string => all.join('\n');
/** The end of a mail to the owner of an account: the link that freezes the account, and how to reach the help desk. */
export const notMeLines = [
  'If this was not you, freeze your account here and call the help desk:',
  '',
  '{{notMe}}',
  '',
  '{{contact}}',
] as const;
