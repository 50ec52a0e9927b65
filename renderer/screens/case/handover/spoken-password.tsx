import { useEffect, useRef } from 'react';
import { Button, Group, Kbd, Text } from '@mantine/core';
import type { ResetView } from '../../../../shared/api/reset.ts';
import { pressedKey } from '../../../parts/keys/pressed-key.ts';
import { ClipboardCountdown } from '../../../parts/clipboard/clipboard-countdown.tsx';
import { formatRemaining, useOwnClock } from '../../../parts/clock/countdown.ts';
import { countSpokenWords } from '../../../parts/spelling/spell-password.ts';
import { useSpelling } from '../../../parts/spelling/use-spelling.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { PasswordTiles } from './password-tiles.tsx';
import type { ShownPassword } from './use-shown-password.ts';
import type { TileWalk } from './use-tile-walk.ts';

interface SpokenPasswordProps {
  readonly reset: ResetView;
  readonly password: ShownPassword;
  /** The parts of the shown password, and which is being read out. */
  readonly walk: TileWalk;
  /** When the clipboard is cleared, ISO 8601; null before anything was copied. */
  readonly copiedUntil: string | null;
  readonly onCopy: () => void;
  readonly onSpell: () => void;
  /** Enter on the hold button, which is the screen's next action. */
  readonly onHandOver: () => void;
}

/** A temporary password that the operator reads out tile by tile: held to show, kept shown, copied or spelled. */
export function SpokenPassword({
  reset,
  password: { shown, show, conceal },
  walk: { parts, tiles, current, choose },
  copiedUntil,
  onCopy,
  onSpell,
  onHandOver,
}: SpokenPasswordProps) {
  const t = useTexts();
  const { spelling } = useSpelling();
  const now = useOwnClock();
  const holdButton = useRef<HTMLButtonElement>(null);
  const isPass = reset.secretStyle === 'access-pass';
  const style = reset.secretStyle === 'words' ? 'words' : 'groups';
  useEffect(() => holdButton.current?.focus(), []);
  useEffect(() => {
    const release = (event: KeyboardEvent) => {
      if (
        pressedKey(event) === ' ' &&
        !(event.target instanceof HTMLElement && event.target.closest('[data-toggle]') !== null)
      )
        conceal();
    };
    window.addEventListener('keyup', release);
    return () => window.removeEventListener('keyup', release);
  }, [conceal]);
  const state = shown === null ? 'hidden' : 'shown';
  const whole = isPass ? `handover.pass.${state}` : `handover.${state}`;
  const label = reset.deliveryMode === 'split' ? 'handover.half' : whole;
  return (
    <>
      <div className="reading">
        <div className="secret" data-testid="handover-password" data-shown={shown !== null}>
          <PasswordTiles parts={parts} style={style} current={current} label={t(label)} onChoose={choose} />
        </div>
        <div
          className="spelling-line"
          data-testid="handover-spelling"
          translate="no"
          aria-live="polite"
          {...(shown !== null && { lang: spelling.language })}
        >
          {tiles[current]?.spelled.join(' · ')}
        </div>
      </div>
      <div className="walk-line">
        <Text component="div" size="sm" c="dimmed" data-testid="handover-walk">
          <Kbd aria-hidden>←</Kbd> <Kbd aria-hidden>→</Kbd>{' '}
          {parts === null
            ? t('handover.hint')
            : t(`handover.walk.${style}`, { count: countSpokenWords(parts) })}
        </Text>
        <Text component="div" size="sm" c="dimmed" className="countdown">
          <ClipboardCountdown key={copiedUntil} copiedUntil={copiedUntil} />
          {shown !== null && copiedUntil !== null && ' · '}
          {shown !== null && t('handover.hiddenIn', { time: formatRemaining(shown.concealAt - now) })}
        </Text>
      </div>
      <Group gap={8} className="secret-actions">
        <Button
          ref={holdButton}
          data-testid="handover-hold"
          onPointerDown={(event) => event.button === 0 && void show('reveal')}
          onPointerUp={conceal}
          onPointerLeave={() => shown?.way === 'reveal' && conceal()}
          onPointerCancel={conceal}
          onKeyDown={(event) => {
            // On this button, Space is held instead of clicked, and Enter stays the screen's next action.
            const key = pressedKey(event);
            if (key !== ' ' && key !== 'Enter') return;
            event.preventDefault();
            if (event.repeat) return;
            if (key === ' ') void show('reveal');
            else onHandOver();
          }}
          rightSection={<Kbd aria-hidden>Space</Kbd>}
        >
          {t('handover.hold')}
        </Button>
        <Button
          variant="default"
          className="show-toggle"
          data-toggle
          data-testid="handover-keep-shown"
          onClick={() => (shown === null ? void show('reveal') : conceal())}
        >
          {t(shown === null ? 'handover.keep' : 'handover.hide')}
        </Button>
        <Button
          variant="default"
          data-testid="handover-copy"
          onClick={onCopy}
          rightSection={<Kbd aria-hidden>C</Kbd>}
        >
          {t('handover.copy')}
        </Button>
        <Button
          variant="default"
          data-toggle
          data-testid="handover-spell"
          aria-pressed={shown?.way === 'spell'}
          onClick={onSpell}
          rightSection={<Kbd aria-hidden>S</Kbd>}
        >
          {t('handover.spell')}
        </Button>
      </Group>
    </>
  );
}
