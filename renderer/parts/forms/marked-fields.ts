import { useEffect, useEffectEvent } from 'react';
import type { UseFormReturnType } from '@mantine/form';
import type { Failure } from '../../../shared/errors/result.ts';

const fieldOf = (path: string, values: object): string | undefined =>
  path.split('.').findLast((part) => Object.hasOwn(values, part));

/** The failure without the faults that `fieldErrors` marks in the form, so that they are not said a second time. */
function withoutMarked(failure: Failure | null, values: object): Failure | null {
  if (failure?.fields === undefined) return failure;
  return { ...failure, fields: failure.fields.filter(({ path }) => fieldOf(path, values) === undefined) };
}

/**
 * The messages of a failure by the form's fields, for `setErrors`. A field is found by the last name in the path of the fault that is a field of
 * the form: `body.settings.servers.0.host` marks `servers`.
 */
function fieldErrors(failure: Failure | null, values: object): Readonly<Record<string, string>> {
  const errors: Record<string, string> = {};
  for (const { path, message } of failure?.fields ?? []) {
    const field = fieldOf(path, values);
    if (field !== undefined) errors[field] ??= message;
  }
  return errors;
}

/**
 * Marks the fields of a form that a failure names, moves the focus to the first of them, and answers the failure without what is said at the fields.
 */
export function useMarkedFields<Values extends object>(
  form: UseFormReturnType<Values>,
  failure: Failure | null,
): Failure | null {
  const mark = useEffectEvent((failed: Failure | null) => {
    const errors = fieldErrors(failed, { ...form.getValues() });
    form.setErrors(errors);
    const [first] = Object.keys(errors);
    if (first !== undefined) form.getInputNode(first)?.focus();
  });
  useEffect(() => mark(failure), [failure]);
  return withoutMarked(failure, { ...form.getValues() });
}
