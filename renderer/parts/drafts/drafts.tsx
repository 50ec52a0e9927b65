import {
  createContext,
  useCallback,
  useContext,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';

/** What the operator has typed and not sent, by field. It outlives the screen that shows the field. */
export interface Drafts {
  readonly get: (field: string) => string | undefined;
  /** Keeps the text of a field; undefined or an empty text removes it. */
  readonly set: (field: string, text: string | undefined) => void;
  /** Removes the texts of all fields whose name starts with `prefix`. */
  readonly drop: (prefix: string) => void;
  readonly all: () => readonly { readonly field: string; readonly text: string }[];
  readonly subscribe: (listener: () => void) => () => void;
}

const formPrefix = 'form ';

/** The name of a draft that belongs to a settings form. Such a draft survives a lock, and is discarded with the window. */
export const formDraft = (field: string): string => `${formPrefix}${field}`;
export const isFormDraft = (field: string): boolean => field.startsWith(formPrefix);
export const dropFormDrafts = (drafts: Drafts): void => drafts.drop(formPrefix);

/** Drafts in this window's memory, never in its storage. */
export function createDrafts(): Drafts {
  const texts = new Map<string, string>();
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  return {
    get: (field) => texts.get(field),
    set: (field, text) => {
      if (text === undefined || text === '') texts.delete(field);
      else texts.set(field, text);
      changed();
    },
    drop: (prefix) => {
      for (const field of texts.keys()) if (field.startsWith(prefix)) texts.delete(field);
      changed();
    },
    all: () => Array.from(texts, ([field, text]) => ({ field, text })),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const DraftsContext = createContext<Drafts | null>(null);

/** Keeps drafts for all screens below it, through a lock of the console and a change of screen. */
export function DraftsProvider({
  drafts,
  children,
}: {
  readonly drafts: Drafts;
  readonly children: ReactNode;
}) {
  return <DraftsContext value={drafts}>{children}</DraftsContext>;
}

/** The drafts of the signed-in operator. */
export function useDrafts(): Drafts {
  const provided = useContext(DraftsContext);
  const [own] = useState(createDrafts);
  return provided ?? own;
}

/** Like `useState('')` for a field that must not lose its text when the screen changes. The field is named by what it belongs to, such as a check's ID. */
export function useDraft(field: string): readonly [text: string, setText: (text: string) => void] {
  const drafts = useDrafts();
  const text = useSyncExternalStore(drafts.subscribe, () => drafts.get(field) ?? '');
  const setText = useCallback((next: string) => drafts.set(field, next), [drafts, field]);
  return [text, setText];
}
