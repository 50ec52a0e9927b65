import { useEffect, useRef, useState } from 'react';
import { Button, Group, Kbd, Text } from '@mantine/core';
import type { CaseView } from '../../../../shared/api/case.ts';
import type { ResetView } from '../../../../shared/api/reset.ts';
import { useScreenKeys } from '../../../parts/keys/screen-keys.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { ClipboardCountdown } from '../../../parts/clipboard/clipboard-countdown.tsx';
import { formatRemaining, useClock, useOwnClock } from '../../../parts/clock/countdown.ts';
import { ResetAftercare } from './reset-aftercare.tsx';
import { PasswordLine } from './password-line.tsx';
import { spellPassword } from '../../../parts/spelling/spell-password.ts';
import { useShownPassword } from './use-shown-password.ts';
import { useSpelling } from '../../../parts/spelling/use-spelling.ts';
import './handover.css';

/** How long it still works, as a caller is told. */
function within(words: ReturnType<typeof useTexts>, milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return words('handover.within.over');
  if (minutes < 50) return words('handover.within.minutes', { count: minutes });
  return words('handover.within.hours', { count: Math.max(1, Math.floor((minutes + 10) / 60)) });
}

/** What is read to the caller, by where the rest was sent. */
const sentences = {
  mail: { spoken: 'sentence', sealed: 'sealedSentence', split: 'splitSentence' },
  text: { spoken: 'sentence', sealed: 'sealedByText', split: 'splitByText' },
} as const;

interface HandoverStepProps {
  readonly view: CaseView;
  readonly reset: ResetView;
  /** The other way was given instead: the case is to be read again. */
  readonly onReset: () => void;
  readonly onDone: () => void;
}

/** Shows, copies and spells the temporary password, or says where the link went. */
export function HandoverStep({ view, reset, onReset, onDone }: HandoverStepProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { shown, failure, setFailure, show, conceal } = useShownPassword(reset.id);
  const [copiedUntil, setCopiedUntil] = useState<string | null>(null);
  const { spelling } = useSpelling();
  const style = reset.secretStyle ?? 'groups';
  const busy = useRef(false);
  const handedOver = useRef(false);
  const holdButton = useRef<HTMLButtonElement>(null);
  const now = useClock();
  const ownNow = useOwnClock();
  // What the operator may read out: a sealed password and a link are for the user alone.
  const isPassword = reset.action === 'temporary-password' && reset.deliveryMode !== 'sealed';
  const sentence =
    reset.action === 'reset-link'
      ? 'linkSentence'
      : sentences[reset.sentBy === 'text' ? 'text' : 'mail'][reset.deliveryMode];

  const alive = useRef(false);
  useEffect(() => {
    alive.current = true;
    holdButton.current?.focus();
    return () => {
      alive.current = false;
      // Deferred, so that development's double effects do not throw the password away.
      setTimeout(() => {
        if (isPassword && !handedOver.current && !alive.current)
          void bridge.handover.forget({ resetId: reset.id });
      }, 0);
    };
  }, [bridge, reset.id, isPassword]);

  async function once(work: () => Promise<void>) {
    if (busy.current) return;
    busy.current = true;
    await work();
    busy.current = false;
  }
  const done = () =>
    once(async () => {
      conceal();
      const result = await bridge.handover.done({ resetId: reset.id });
      if (!result.ok) return setFailure(result.failure);
      handedOver.current = true;
      onDone();
    });
  const copy = () =>
    once(async () => {
      setFailure(null);
      const result = await bridge.handover.copy({ resetId: reset.id });
      if (result.ok) setCopiedUntil(result.value.clearedAt);
      else setFailure(result.failure);
    });
  const spell = () => (shown?.way === 'spell' ? conceal() : void show('spell'));
  useScreenKeys((event) => {
    const key = event.key.toLowerCase();
    if (key === 'enter') void done();
    else if (isPassword && key === ' ') void show('reveal');
    else if (isPassword && key === 'c') void copy();
    else if (isPassword && key === 's') spell();
    else return false;
    return true;
  });
  useEffect(() => {
    const release = (event: KeyboardEvent) => {
      if (
        event.key === ' ' &&
        !(event.target instanceof HTMLElement && event.target.closest('[data-toggle]') !== null)
      )
        conceal();
    };
    window.addEventListener('keyup', release);
    return () => window.removeEventListener('keyup', release);
  }, [conceal]);

  const left = reset.validUntil === null ? 0 : Date.parse(reset.validUntil) - now;
  return (
    <>
      {isPassword ? (
        <>
          <div className="secret">
            <PasswordLine
              value={shown?.value ?? null}
              style={style}
              label={t(
                reset.deliveryMode === 'split'
                  ? 'handover.half'
                  : shown === null
                    ? 'handover.hidden'
                    : 'handover.shown',
              )}
            />
            <Text component="div" size="sm" c="dimmed" className="countdown">
              {shown === null ? (
                <ClipboardCountdown key={copiedUntil} copiedUntil={copiedUntil} />
              ) : (
                t('handover.hiddenIn', { time: formatRemaining(shown.concealAt - ownNow) })
              )}
            </Text>
          </div>
          <div
            className="spelling-line"
            translate="no"
            data-length={style === 'words' && !spelling.saysWords ? 'long' : 'short'}
            {...(shown !== null && { lang: spelling.language })}
          >
            {shown === null ? t('handover.hint') : spellPassword(shown.value, style, spelling)}
          </div>
          <Group gap={8}>
            <Button
              ref={holdButton}
              onPointerDown={(event) => event.button === 0 && void show('reveal')}
              onPointerUp={conceal}
              onPointerLeave={() => shown?.way === 'reveal' && conceal()}
              onPointerCancel={conceal}
              onKeyDown={(event) => {
                // On this button Space is held, not clicked, and Enter stays the screen's next action.
                if (event.key !== ' ' && event.key !== 'Enter') return;
                event.preventDefault();
                if (event.repeat) return;
                if (event.key === ' ') void show('reveal');
                else void done();
              }}
              rightSection={<Kbd aria-hidden>Space</Kbd>}
            >
              {t('handover.hold')}
            </Button>
            <Button
              variant="default"
              data-toggle
              aria-pressed={shown !== null}
              onClick={() => (shown === null ? void show('reveal') : conceal())}
            >
              {t(shown === null ? 'handover.keep' : 'handover.hide')}
            </Button>
            <Button variant="default" onClick={() => void copy()} rightSection={<Kbd aria-hidden>C</Kbd>}>
              {t('handover.copy')}
            </Button>
            <Button
              variant="default"
              data-toggle
              aria-pressed={shown?.way === 'spell'}
              onClick={spell}
              rightSection={<Kbd aria-hidden>S</Kbd>}
            >
              {t('handover.spell')}
            </Button>
          </Group>
        </>
      ) : null}
      <div>
        {reset.sentTo !== null && <Text>{t('handover.sentTo', { destination: reset.sentTo })}</Text>}
        <ResetAftercare view={view} reset={reset} onReset={onReset} />
      </div>
      <div className="note">
        <Text fw={600} size="sm">
          {t('handover.tell')}
        </Text>
        <Text size="sm">{t(`handover.${sentence}`, { within: within(t, left) })}</Text>
      </div>
      <FailureLine failure={failure} />
      <Group>
        <Button onClick={() => void done()} rightSection={<Kbd aria-hidden>Enter</Kbd>}>
          {t('handover.done')}
        </Button>
      </Group>
    </>
  );
}
