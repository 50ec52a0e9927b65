import { useEffect, useRef } from 'react';
import { Button, Kbd, Text } from '@mantine/core';
import { IconPhoneOff } from '@tabler/icons-react';
import { drillQuestions, type DrillQuestion, type DrillView } from '../../../shared/api/drill.ts';
import { formatElapsed } from '../../parts/clock/format-time.ts';
import { useClock } from '../../parts/clock/countdown.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { useLineKeys } from './use-line-keys.ts';

/** The key of each question; the case screen uses none of these keys. */
const keyOf: Readonly<Record<DrillQuestion, string>> = {
  identity: 'i',
  code: 'k',
  'call-back': 'b',
  manager: 'm',
  badge: 'v',
  phrase: 'w',
  'no-way-around': 'n',
};

interface CallerPanelProps {
  readonly drill: DrillView;
  /** The code that the caller read out and that can still be entered, or null. */
  readonly code: string | null;
  /** The outcome of the entered code; empty before a code is entered. */
  readonly codeOutcome: string;
  readonly onAsk: (question: DrillQuestion) => void;
  readonly onTypeIn: () => void;
  readonly onHangUp: () => void;
}

/** The phone line: the conversation and the questions that the operator can ask. */
export function CallerPanel({ drill, code, codeOutcome, onAsk, onTypeIn, onHangUp }: CallerPanelProps) {
  const t = useTexts();
  const now = useClock();
  const { number, callers, said, takenAt } = drill;
  useLineKeys((key) => {
    const question = drillQuestions.find((known) => keyOf[known] === key);
    if (question !== undefined) onAsk(question);
    else if (key === 'f' && code !== null) onTypeIn();
    else if (key === 'h') onHangUp();
    else return false;
    return true;
  });
  return (
    <aside className="drill-line" data-testid="drill-caller" aria-label={t('drill.call.panel')}>
      <header className="drill-line-head">
        <h2>{t('drill.call.number', { number, callers })}</h2>
        <Text size="sm" c="dimmed">
          {takenAt === null ? '' : formatElapsed(now - Date.parse(takenAt))}
        </Text>
      </header>
      {/* A scrolling region must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls has to take the focus */}
      <div className="drill-said" role="log" aria-label={t('drill.call.record')} tabIndex={0}>
        <ol>
          {said.map((saying, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- a record is only ever added to
            <Saying key={index} {...saying} />
          ))}
        </ol>
      </div>
      <Button
        disabled={code === null}
        variant="default"
        data-testid="drill-type-in"
        onClick={onTypeIn}
        rightSection={<Kbd aria-hidden>F</Kbd>}
        style={code === null ? { visibility: 'hidden' } : undefined}
      >
        {t('drill.call.typeIn', { code: (code ?? '').replaceAll(/(\d{3})(?=\d)/gu, '$1 ') })}
      </Button>
      <Text role="status" size="sm" mih={20}>
        {codeOutcome === '' ? '' : t(`drill.call.typed.${codeOutcome}`)}
      </Text>
      <div className="drill-questions">
        {drillQuestions.map((question) => (
          <Button
            key={question}
            data-testid={`drill-ask-${question}`}
            variant="default"
            size="compact-md"
            justify="space-between"
            onClick={() => onAsk(question)}
            rightSection={<Kbd aria-hidden>{keyOf[question].toUpperCase()}</Kbd>}
          >
            {t(`drill.call.questions.${question}`)}
          </Button>
        ))}
      </div>
      <Button
        variant="default"
        leftSection={<IconPhoneOff size={16} stroke={1.8} aria-hidden />}
        data-testid="drill-hang-up"
        onClick={onHangUp}
        rightSection={<Kbd aria-hidden>H</Kbd>}
      >
        {t('drill.call.hangUp')}
      </Button>
    </aside>
  );
}

/** One line of the conversation, scrolled into view when it appears. */
function Saying({ by, text }: DrillView['said'][number]) {
  const t = useTexts();
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    item.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <li ref={item} data-by={by}>
      <span className="who">{t(`drill.call.by.${by}`)}</span>
      {text}
    </li>
  );
}
