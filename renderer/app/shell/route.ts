/** What the window shows besides the rail and the search box. */
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
        | 'settings'
        | 'practise';
    }
  | { readonly screen: 'case'; readonly caseId: string };
