import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { Button, Group, Modal, Text } from '@mantine/core';
import { useTexts } from '../../texts/use-texts.ts';
import { dropFormDrafts, useDrafts } from '../drafts/drafts.tsx';

/** The titles of the forms with unsaved changes. */
interface UnsavedForms {
  readonly titles: () => readonly string[];
  readonly set: (title: string, isUnsaved: boolean) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

function createUnsavedForms(): UnsavedForms {
  let titles: readonly string[] = [];
  const listeners = new Set<() => void>();
  return {
    titles: () => titles,
    set: (title, isUnsaved) => {
      if (titles.includes(title) === isUnsaved) return;
      titles = isUnsaved ? [...titles, title] : titles.filter((other) => other !== title);
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const UnsavedContext = createContext<UnsavedForms>(createUnsavedForms());

/** Keeps track of which forms below it have unsaved changes. */
export function UnsavedProvider({ children }: { readonly children: ReactNode }) {
  const [forms] = useState(createUnsavedForms);
  return <UnsavedContext value={forms}>{children}</UnsavedContext>;
}

/** Reports that the form with this title has unsaved changes, for as long as the form is shown. */
export function useUnsaved(title: string, isUnsaved: boolean): void {
  const forms = useContext(UnsavedContext);
  useEffect(() => {
    forms.set(title, isUnsaved);
    return () => forms.set(title, false);
  }, [forms, title, isUnsaved]);
}

/** The titles of the forms with unsaved changes. */
export function useUnsavedTitles(): readonly string[] {
  const forms = useContext(UnsavedContext);
  return useSyncExternalStore(forms.subscribe, forms.titles);
}

interface LeaveGuard {
  /** Leaves at once, or asks first if changes would be lost. */
  readonly leave: (go: () => void) => void;
  readonly dialog: ReactNode;
}

/** Asks before the operator leaves unsaved changes. */
export function useLeaveGuard(): LeaveGuard {
  const t = useTexts();
  const forms = useContext(UnsavedContext);
  const drafts = useDrafts();
  const [waiting, setWaiting] = useState<{
    readonly go: () => void;
    readonly titles: readonly string[];
  } | null>(null);
  const leave = useCallback(
    (go: () => void) => {
      const titles = forms.titles();
      if (titles.length === 0) go();
      else setWaiting({ go, titles });
    },
    [forms],
  );
  const dialog = waiting !== null && (
    <Modal
      opened
      onClose={() => setWaiting(null)}
      title={t('shell.unsaved.title')}
      withCloseButton={false}
      data-testid="unsaved-dialog"
    >
      <Text size="sm">{t('shell.unsaved.text', { forms: waiting.titles.join(', ') })}</Text>
      <Group mt={16} justify="flex-end">
        <Button
          variant="default"
          data-testid="unsaved-discard"
          onClick={() => {
            setWaiting(null);
            dropFormDrafts(drafts);
            waiting.go();
          }}
        >
          {t('shell.unsaved.discard')}
        </Button>
        <Button data-autofocus data-testid="unsaved-stay" onClick={() => setWaiting(null)}>
          {t('shell.unsaved.stay')}
        </Button>
      </Group>
    </Modal>
  );
  return { leave, dialog };
}
