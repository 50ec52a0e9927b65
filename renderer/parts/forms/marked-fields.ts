import { useEffectEvent, useLayoutEffect, useState } from 'react';
import type { UseFormReturnType } from '@mantine/form';
import type { Failure } from '../../../shared/errors/result.ts';

interface MarkedFieldsOptions {
  /** Fields that are named differently than the value they hold, by the path of the value, such as `accepted.text`. */
  readonly fields?: Readonly<Record<string, string>>;
  /** What the operator calls values that are no field of the form, by a name in their path, such as `scope`. */
  readonly labels?: Readonly<Record<string, string>>;
}

interface Placed {
  /** The messages by the field that shows them. */
  readonly errors: Readonly<Record<string, string>>;
  /** The failure with the faults that no field shows, each with the name of its value. */
  readonly unmarked: Failure;
}

/**
 * Divides the faults of a failure into those that a field shows and the others. A field is found by the last name in the path of the fault that
 * `isShown`: `body.settings.servers.0.host` marks `servers`.
 */
function placed(
  failure: Failure,
  isShown: (field: string) => boolean,
  { fields = {}, labels = {} }: MarkedFieldsOptions,
): Placed {
  const errors: Record<string, string> = {};
  const others: NonNullable<Failure['fields']> = [];
  for (const { path, message } of failure.fields ?? []) {
    const named = path.replace(/^body\./, '');
    const parts = named.split('.');
    const field = [...parts, fields[named] ?? ''].findLast((part) => part !== '' && isShown(part));
    if (field !== undefined) errors[field] ??= message;
    else {
      const labelled = parts.findLast((part) => Object.hasOwn(labels, part));
      const label = labelled === undefined ? named : labels[labelled];
      others.push({ path, message: label === '' ? message : `${label}: ${message}` });
    }
  }
  return { errors, unmarked: failure.fields === undefined ? failure : { ...failure, fields: others } };
}

/** The first of the elements on the page. */
const firstOf = (nodes: ReadonlySet<Element>): HTMLElement | undefined =>
  [...document.querySelectorAll<HTMLElement>('[data-path]')].find((node) => nodes.has(node));

/**
 * Marks the fields of a form that a failure names, moves the focus to the first of them on the page, and answers the failure without what is said at
 * the fields. Faults of values that no input shows are answered with the name of the value.
 */
export function useMarkedFields<Values extends object>(
  form: UseFormReturnType<Values>,
  failure: Failure | null,
  options: MarkedFieldsOptions = {},
): Failure | null {
  const [unmarked, setUnmarked] = useState<Failure | null>(null);
  const mark = useEffectEvent((failed: Failure | null) => {
    const nodeOf = (field: string) => form.getInputNode(field);
    const values = form.getValues();
    const isShown = (field: string) => Object.hasOwn(values, field) && nodeOf(field) !== null;
    const found = failed === null ? null : placed(failed, isShown, options);
    const errors = { ...found?.errors };
    form.setErrors(errors);
    setUnmarked(found?.unmarked ?? null);
    firstOf(new Set(Object.keys(errors).flatMap((field) => nodeOf(field) ?? [])))?.focus();
  });
  // Before the browser paints, so that the failure is never seen without its place.
  useLayoutEffect(() => mark(failure), [failure]);
  return unmarked;
}
