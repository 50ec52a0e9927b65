/** The screen that is open, and the case if it shows one. */
export type Route =
  | {
      readonly screen:
        | 'desk'
        | 'requiredResets'
        | 'queue'
        | 'cases'
        | 'audit'
        | 'outbox'
        | 'import'
        | 'accounts'
        | 'settings'
        | 'practise';
    }
  | { readonly screen: 'case'; readonly caseId: string };
