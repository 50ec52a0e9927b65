import { Button, Group } from '@mantine/core';
import type { ImportView } from '../../../shared/api/import-view.ts';
import { useTexts } from '../../texts/use-texts.ts';

interface ImportActionsProps {
  readonly view: ImportView;
  readonly running: boolean;
  /** Whether the operator may leave an import whose progress is not known. */
  readonly canLeave: boolean;
  /** Whether the file was read and waits to be confirmed. */
  readonly isReady: boolean;
  readonly isBusy: boolean;
  readonly onCancel: () => void;
  readonly onReport: () => void;
  readonly onDone: () => void;
  readonly onAgain: () => void;
  readonly onConfirm: () => void;
  readonly onUndo: () => void;
}

/** The buttons below an import, by its state. */
export function ImportActions({ running, canLeave, ...props }: ImportActionsProps) {
  const t = useTexts();
  const cancel = (
    <Button variant="default" data-testid="import-cancel" onClick={props.onCancel}>
      {t('import.cancel')}
    </Button>
  );
  if (running)
    return (
      <Group>
        {cancel}
        {canLeave && (
          <Button variant="default" data-testid="import-leave" onClick={props.onDone}>
            {t('import.toDesk')}
          </Button>
        )}
      </Group>
    );
  const { view, isBusy, isReady } = props;
  const changes = view.created + view.changed + view.held + view.closed;
  return (
    <Group>
      {isReady ? (
        <>
          <Button
            autoFocus
            loading={isBusy}
            disabled={changes === 0}
            data-testid="import-confirm"
            onClick={props.onConfirm}
          >
            {t('import.confirm')}
          </Button>
          {cancel}
        </>
      ) : (
        <Button autoFocus data-testid="import-done" onClick={props.onDone}>
          {t('import.toDesk')}
        </Button>
      )}
      {view.undoUntil !== null && (
        <Button variant="default" loading={isBusy} data-testid="import-undo" onClick={props.onUndo}>
          {t('import.undo')}
        </Button>
      )}
      {view.refused > 0 && (
        <Button variant="default" data-testid="import-report" onClick={props.onReport}>
          {t('import.report')}
        </Button>
      )}
      <Button variant="default" data-testid="import-other" onClick={props.onAgain}>
        {t('import.other')}
      </Button>
    </Group>
  );
}
