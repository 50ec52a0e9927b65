import type { GivenCases } from '../../screens/cases/cases-filter.ts';
import type { SettingsPlace } from '../../screens/settings/settings-screen.tsx';
import type { KeptMessage } from '../../../shared/api/mail.ts';
import type { GivenSearch } from '../../parts/search/given-search.ts';

/** The screen that is open, and the case if it shows one. */
export type Route =
  | {
      readonly screen: 'requiredResets' | 'audit' | 'import' | 'accounts' | 'practise';
    }
  /** With the part of a page that the start page leads to. */
  | { readonly screen: 'settings'; readonly given?: SettingsPlace }
  /** With the message that a case leads to. */
  | { readonly screen: 'outbox'; readonly message?: KeptMessage }
  /** The filter is that of a number on the start page. */
  | { readonly screen: 'cases'; readonly given?: GivenCases }
  /** With a search that a link of another program has filled in. */
  | { readonly screen: 'desk'; readonly search?: GivenSearch }
  /** With the case whose request a link or a notification leads to. */
  | { readonly screen: 'queue'; readonly caseNumber?: number }
  | { readonly screen: 'case'; readonly caseId: string };
