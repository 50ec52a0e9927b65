import { Button, Group, Kbd, Text } from '@mantine/core';
import type { CaseView } from '../../../../shared/api/case.ts';
import type { ResetView } from '../../../../shared/api/reset.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { useScreenKeys } from '../../../parts/keys/screen-keys.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { CallerSentence } from './caller-sentence.tsx';
import { ResetAftercare } from './reset-aftercare.tsx';
import { SpokenPassword } from './spoken-password.tsx';
import { useHandover } from './use-handover.ts';
import { useShownPassword } from './use-shown-password.ts';
import { useTileWalk } from './use-tile-walk.ts';
import './handover.css';

interface HandoverStepProps {
  readonly view: CaseView;
  readonly reset: ResetView;
  /** Called when another reset replaces this one, so that the case is read again. */
  readonly onReset: () => void;
  readonly onDone: () => void;
}

/** The last step: the operator reads the temporary password out, or sees where the password or link was sent. */
export function HandoverStep({ view, reset, onReset, onDone }: HandoverStepProps) {
  const t = useTexts();
  const password = useShownPassword(reset.id);
  const { shown, show, conceal, failure, setFailure } = password;
  // Only the user sees a sealed password or a link.
  const isSpoken = reset.action === 'temporary-password' && reset.deliveryMode !== 'sealed';
  const { handOver, copy, copiedUntil } = useHandover({
    reset,
    hasPassword: isSpoken,
    conceal,
    onFailure: setFailure,
    onDone,
  });
  const walk = useTileWalk(shown?.value ?? null, reset.secretStyle === 'words' ? 'words' : 'groups');
  const spell = () => (shown?.way === 'spell' ? conceal() : void show('spell'));
  useScreenKeys((key) => {
    if (key === 'Enter') void handOver();
    else if (isSpoken && key === ' ') void show('reveal');
    else if (isSpoken && key === 'c') void copy();
    else if (isSpoken && key === 's') spell();
    else if (isSpoken && walk.isStep(key)) {
      if (shown === null) void show('spell');
      else walk.step(key);
    } else return false;
    return true;
  });
  return (
    <>
      {isSpoken && (
        <SpokenPassword
          reset={reset}
          password={password}
          walk={walk}
          copiedUntil={copiedUntil}
          onCopy={() => void copy()}
          onSpell={spell}
          onHandOver={() => void handOver()}
        />
      )}
      <div>
        {reset.sentTo !== null && <Text>{t('handover.sentTo', { destination: reset.sentTo })}</Text>}
        <ResetAftercare view={view} reset={reset} onReset={onReset} />
      </div>
      <CallerSentence reset={reset} facts={view.callerFacts} />
      <FailureLine failure={failure} />
      <Group>
        <Button
          data-testid="handover-done"
          onClick={() => void handOver()}
          rightSection={<Kbd aria-hidden>Enter</Kbd>}
        >
          {t('handover.done')}
        </Button>
      </Group>
    </>
  );
}
