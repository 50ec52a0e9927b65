/** The screens inside the frame. */
export type Screen =
  | { readonly name: 'desk' | 'cases' | 'outbox' | 'import' | 'settings' }
  | { readonly name: 'case'; readonly caseId: string };

export type ScreenName = Screen['name'];
