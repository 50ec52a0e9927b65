// oxlint-disable-next-line no-restricted-imports -- The one place that names forms.
import { useForm, type UseFormInput, type UseFormReturnType } from '@mantine/form';

interface NamedForm<Values extends object> extends Omit<
  UseFormInput<Values>,
  'name' | 'enhanceGetInputProps'
> {
  /** Letters, digits and dashes; no other form has the same name. */
  readonly name: string;
}

/**
 * A form whose fields are told apart from the fields of other forms on the page, since opened settings pages stay in the document. Each field gets
 * `data-testid="<name>-<field>"` and a `data-path` that starts with the name, by which `getInputNode` finds it.
 */
export const useNamedForm = <Values extends object>({
  name,
  ...input
}: NamedForm<Values>): UseFormReturnType<Values> =>
  useForm<Values>({
    ...input,
    name,
    enhanceGetInputProps: ({ field }) => ({ 'data-testid': `${name}-${field.replaceAll('.', '-')}` }),
  });
