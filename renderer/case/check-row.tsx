import { useState } from 'react';
import { Button, Group, Kbd, PinInput, Text, TextInput } from '@mantine/core';
import type { CheckView } from '../../shared/api/check.ts';
import { formatRemaining, useClock } from '../handover/countdown.ts';
import { clockTime, clockWords } from '../clock/clock-words.ts';
import { useWords } from '../texts/use-words.ts';

type Answer =
  | { kind: 'emailed-code'; code: string }
  | { kind: 'call-back'; outcome: 'confirmed' | 'not-reached' | 'denied'; note: string };

interface CheckRowProps {
  readonly check: CheckView;
  readonly number: number;
  readonly usable: boolean;
  readonly chosen: boolean;
  readonly working: boolean;
  readonly wrong: boolean;
  readonly callNumber: string | null;
  readonly onStart: () => void;
  readonly onAnswer: (answer: Answer) => void;
}

/** One way to verify the caller, with what it needs from the operator. */
export function CheckRow(props: CheckRowProps) {
  const { check, number, usable, chosen, working, callNumber, onStart } = props;
  const words = useWords();
  const { attempt, kind } = check;
  const pending = usable && attempt?.state === 'pending';
  const now = useClock(pending);
  const remaining = attempt === null ? 0 : Date.parse(attempt.expiresAt) - now;
  const live = pending && remaining > 0;
  const passed = attempt?.state === 'passed';
  const asking = live && (kind === 'emailed-code' || callNumber !== null);
  const startWord =
    kind === 'emailed-code'
      ? attempt === null
        ? 'case.code.send'
        : 'case.code.resend'
      : attempt === null
        ? 'case.call.start'
        : 'case.call.again';
  return (
    <li className="check" data-chosen={chosen && usable}>
      {passed ? <span aria-hidden>✓</span> : <Kbd aria-hidden>{number}</Kbd>}
      <div className="check-words">
        <Text>{words(`case.checks.${kind}`)}</Text>
        <Text size="sm" c="dimmed">
          {describe(props, words, live, remaining)}
        </Text>
      </div>
      {usable && !(kind === 'call-back' && asking) && (
        <Button
          variant="default"
          size="compact-md"
          onClick={onStart}
          disabled={working}
          aria-keyshortcuts={String(number)}
        >
          {words(startWord)}
        </Button>
      )}
      <span
        className="check-points"
        title={words(passed ? 'case.verify.earnedPoints' : 'case.verify.points', { count: check.points })}
      >
        {check.obstacle === null || passed ? `${passed ? '' : '+'}${check.points}` : '–'}
      </span>
      {asking && kind === 'emailed-code' && (
        <CodeField key={`${attempt?.id} ${attempt?.triesLeft}`} {...props} />
      )}
      {asking && kind === 'call-back' && <CallBackAnswer {...props} />}
    </li>
  );
}

function describe(
  { check, wrong }: CheckRowProps,
  words: ReturnType<typeof useWords>,
  live: boolean,
  remaining: number,
): string {
  const { attempt, kind, obstacle } = check;
  const group = kind === 'emailed-code' ? 'case.code' : 'case.call';
  if (attempt?.state === 'passed')
    return words(`${group}.passed`, { time: clockTime(attempt.settledAt ?? attempt.startedAt) });
  if (attempt?.state === 'locked') return words('case.code.locked');
  if (obstacle !== null)
    return words(`case.obstacles.${obstacle.reason}`, {
      until: obstacle.until === null ? '' : clockWords(obstacle.until),
    });
  if (attempt?.state === 'failed')
    return words(`${group}.failed`, { time: clockTime(attempt.settledAt ?? attempt.startedAt) });
  if (attempt !== null && !live) return words(`${group}.expired`);
  if (kind === 'call-back') return words('case.call.hint');
  if (attempt === null) return words('case.code.goesTo', { destination: check.destination ?? '' });
  const parts = [
    wrong ? '' : words('case.code.ask'),
    words('case.code.expires', { time: formatRemaining(remaining) }),
    wrong || attempt.triesLeft === null ? '' : words('case.code.tries', { count: attempt.triesLeft }),
    attempt.delivery === null ? '' : words(`case.code.delivery.${attempt.delivery}`),
    attempt.delivery === 'failed' ? (attempt.deliveryAnswer ?? '') : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function CodeField({ check, working, wrong, onAnswer }: CheckRowProps) {
  const words = useWords();
  const [code, setCode] = useState('');
  return (
    <div>
      <PinInput
        length={6}
        placeholder=""
        type="number"
        autoFocus
        oneTimeCode={false}
        value={code}
        error={wrong}
        readOnly={working}
        aria-label={words('case.code.field')}
        getInputProps={(index) => ({
          'aria-label': words('case.code.digit', { position: index + 1, count: 6 }),
        })}
        onChange={setCode}
        onComplete={(whole) => {
          onAnswer({ kind: 'emailed-code', code: whole });
          setCode('');
        }}
      />
      <Text role="status" size="sm" className="refused-text" mih={20}>
        {wrong && check.attempt?.triesLeft != null
          ? words('case.code.wrong', { count: check.attempt.triesLeft })
          : ''}
      </Text>
    </div>
  );
}

function CallBackAnswer({ callNumber, working, onAnswer }: CheckRowProps) {
  const words = useWords();
  const [note, setNote] = useState('');
  const [asked, setAsked] = useState(false);
  return (
    <div style={{ flexBasis: '100%' }}>
      <Text fw={600} ff="monospace">
        {words('case.call.number', { number: callNumber ?? '' })}
      </Text>
      <TextInput
        label={words('case.call.note')}
        value={note}
        maxLength={1000}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={asked && note.trim() === '' ? words('case.call.noteNeeded') : null}
        data-autofocus
        autoFocus
      />
      <Group mt={8} gap={8}>
        {(['confirmed', 'not-reached', 'denied'] as const).map((outcome) => (
          <Button
            key={outcome}
            variant={outcome === 'confirmed' ? 'filled' : 'default'}
            disabled={working}
            onClick={() =>
              note.trim() === ''
                ? setAsked(true)
                : onAnswer({ kind: 'call-back', outcome, note: note.trim() })
            }
          >
            {words(`case.call.${outcome}`)}
          </Button>
        ))}
      </Group>
    </div>
  );
}
