import type { ReactNode } from 'react';
import { Button, Group } from '@mantine/core';
import { useTexts } from '../../texts/use-texts.ts';

interface SaveBarProps {
  /** The form has changes that are not saved. */
  readonly isChanged: boolean;
  /** The changes cannot be saved as they are. */
  readonly isInvalid?: boolean;
  /** Names the buttons in their `data-testid`: `<name>-save` and `<name>-discard`. */
  readonly name: string;
  readonly onDiscard: () => void;
  /** Other buttons of the form, and its messages. */
  readonly children?: ReactNode;
}

/** The end of every form of the settings: saves its changes or discards them, and can do neither while there are none. */
export function SaveBar({ isChanged, isInvalid = false, name, onDiscard, children }: SaveBarProps) {
  const t = useTexts();
  return (
    <Group gap={8} mt={12}>
      <Button type="submit" disabled={!isChanged || isInvalid} data-testid={`${name}-save`}>
        {t('settings.save')}
      </Button>
      {isChanged && (
        <Button variant="default" data-testid={`${name}-discard`} onClick={onDiscard}>
          {t('settings.discard')}
        </Button>
      )}
      {children}
    </Group>
  );
}

interface FormSaveBarProps extends Omit<SaveBarProps, 'isChanged' | 'onDiscard'> {
  readonly form: { readonly isDirty: () => boolean; readonly reset: () => void };
  /** Clears the messages of the last attempt. */
  readonly onDiscarded: () => void;
}

/** The end of a form of Mantine. */
export function FormSaveBar({ form, onDiscarded, ...bar }: FormSaveBarProps) {
  const discard = () => {
    form.reset();
    onDiscarded();
  };
  return <SaveBar {...bar} isChanged={form.isDirty()} onDiscard={discard} />;
}
