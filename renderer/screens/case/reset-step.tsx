import { useState } from 'react';
import { Button, Group, Kbd, Text } from '@mantine/core';
import type { CaseView, ResetAction } from '../../../shared/api/case.ts';
import { useScreenKeys } from '../../parts/keys/screen-keys.ts';
import { ApprovalNote } from './approval-note.tsx';
import { ConfirmResetDialog } from '../../parts/reset/confirm-reset-dialog.tsx';
import { useTexts } from '../../texts/use-texts.ts';

/** The text key about the last reset that the operator must know before another one; null if there is nothing to know. */
function lastResetNote({ resets: [last, before] }: CaseView): string | null {
  if (last?.use === 'revoked') return 'takenBack';
  if (last?.secretLost === true) return 'secretLost';
  if (last?.state === 'failed' && before?.use === 'revoked') return 'failedInstead';
  return last === undefined || last.state === 'done' ? null : last.state;
}

/** The choice of temporary password or reset link, each with the obstacle that prevents it. */
export function ResetStep({
  view,
  onReset,
  onCase,
}: {
  readonly view: CaseView;
  readonly onReset: () => void;
  readonly onCase: (view: CaseView) => void;
}) {
  const t = useTexts();
  const [asking, setAsking] = useState<ResetAction | null>(null);
  const first = view.actions.find(({ obstacle }) => obstacle === null)?.action;
  useScreenKeys((key) => {
    if (key !== 'Enter' || asking !== null || first === undefined) return false;
    setAsking(first);
    return true;
  });
  const note = lastResetNote(view);
  return (
    <>
      {note !== null && <div className="note">{t(`case.reset.${note}`)}</div>}
      <ApprovalNote view={view} onCase={onCase} />
      {view.actions.map(({ action, obstacle }) => (
        <Group key={action} gap={12} wrap="nowrap">
          <Button
            data-testid={`case-reset-${action}`}
            variant={action === first ? 'filled' : 'default'}
            aria-disabled={obstacle !== null}
            data-disabled={obstacle !== null}
            aria-describedby={`about-${action}`}
            onClick={() => obstacle === null && setAsking(action)}
            rightSection={action === first ? <Kbd aria-hidden>Enter</Kbd> : null}
            style={{ flexShrink: 0 }}
          >
            {t(`case.reset.${action}`)}
          </Button>
          <Text id={`about-${action}`} size="sm" c="dimmed">
            {obstacle === null
              ? t(`case.reset.hints.${action}`, { destination: view.account.emailMasked ?? '' })
              : t(`case.reset.obstacles.${obstacle}`)}
          </Text>
        </Group>
      ))}
      {asking !== null && (
        <ConfirmResetDialog
          view={view}
          action={asking}
          onCancel={() => {
            setAsking(null);
            // An attempt whose answer was lost may have succeeded, so the case is read again.
            onReset();
          }}
          onReset={() => {
            setAsking(null);
            onReset();
          }}
        />
      )}
    </>
  );
}
