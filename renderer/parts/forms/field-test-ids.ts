/** For the option `enhanceGetInputProps` of a form: each field gets `data-testid="<form>-<field>"`. */
export const fieldTestIds =
  (form: string) =>
  ({ field }: { readonly field: string }) => ({ 'data-testid': `${form}-${field.replaceAll('.', '-')}` });
