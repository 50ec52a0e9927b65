import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { UseFormReturnType } from '@mantine/form';
import { formDraft, useDrafts, type Drafts } from '../drafts/drafts.tsx';
import { useUnsaved } from './unsaved.tsx';

interface KeptForm<Values> {
  /** Identifies the form, such as `mail` or the name and version of a template. */
  readonly name: string;
  /** The title of the form, shown in the question before its changes are discarded. */
  readonly title: string;
  /** Fields whose content is never kept: passwords, keys and tokens. */
  readonly secrets?: readonly (keyof Values & string)[];
}

function keptValues<Values extends object>(drafts: Drafts, name: string, values: Values): Partial<Values> {
  const kept = Object.keys(values).flatMap((field) => {
    const text = drafts.get(formDraft(`${name} ${field}`));
    return text === undefined ? [] : [[field, JSON.parse(text) as unknown] as const];
  });
  return Object.fromEntries(kept) as Partial<Values>;
}

/** Keeps unsaved changes of a settings form while the console is locked, and asks before any other action discards them. */
export function useKeptForm<Values extends object>(
  form: UseFormReturnType<Values>,
  { name, title, secrets = [] }: KeptForm<Values>,
): void {
  const drafts = useDrafts();
  const [kept] = useState(() => keptValues(drafts, name, form.values));
  const isRestored = useRef(false);
  const isDirty = form.isDirty();
  const neverKept = new Set<string>(secrets);
  useUnsaved(title, isDirty);
  const onChange = useEffectEvent((values: Values, isChanged: boolean) => {
    if (!isRestored.current) {
      isRestored.current = true;
      if (Object.keys(kept).length > 0) return form.setValues(kept);
    }
    for (const [field, value] of Object.entries(values)) {
      if (neverKept.has(field)) continue;
      drafts.set(
        formDraft(`${name} ${field}`),
        isChanged && form.isDirty(field) ? JSON.stringify(value) : undefined,
      );
    }
  });
  // After each change of the form, and after it was saved.
  useEffect(() => onChange(form.values, isDirty), [form.values, isDirty]);
}
