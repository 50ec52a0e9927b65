import { useState, type ClipboardEvent } from 'react';
import { PinInput, Text, TextInput } from '@mantine/core';
import { readDigits, readLettersAndDigits } from '../../../../shared/typed/code.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { isAnsweredBy } from '../../../../shared/api/check.ts';
import type { AnswerFormProps } from './check-answer.ts';

/** After a wrong code, the tries left; the space is reserved before. */
function WrongLine({ check, wrong }: Pick<AnswerFormProps, 'check' | 'wrong'>) {
  const t = useTexts();
  return (
    <Text size="sm" className="refused-text" mih={20}>
      {wrong && check.attempt?.triesLeft != null
        ? t('case.check.wrong', { count: check.attempt.triesLeft })
        : ''}
    </Text>
  );
}

/** A field per digit; the last digit submits the code. */
export function CodeForm({ check, working, wrong, onAnswer }: AnswerFormProps) {
  const t = useTexts();
  const [code, setCode] = useState('');
  const length = check.digits ?? 6;
  const { kind } = check;
  const send = (whole: string) => {
    if (isAnsweredBy(kind, 'code')) onAnswer({ kind, code: whole });
    setCode('');
  };
  const paste = (event: ClipboardEvent) => {
    // The field would otherwise refuse any character that was pasted with the digits.
    event.preventDefault();
    event.stopPropagation();
    const digits = readDigits(event.clipboardData.getData('text/plain'), length);
    if (digits.length === length && !working) send(digits);
    else setCode(digits.slice(0, length));
  };
  return (
    <div className="check-code" onPasteCapture={paste}>
      <PinInput
        length={length}
        placeholder=""
        type={/^\p{Nd}*$/u}
        inputMode="numeric"
        autoFocus
        oneTimeCode={false}
        value={code}
        error={wrong}
        readOnly={working}
        aria-label={t('case.code.field', { count: length })}
        getInputProps={(index) => ({
          'data-testid': `case-code-digit-${index + 1}`,
          'aria-label': t('case.code.digit', { position: index + 1, count: length }),
        })}
        onChange={(typed) => setCode(readDigits(typed))}
        onComplete={(whole) => send(readDigits(whole))}
      />
      <WrongLine check={check} wrong={wrong} />
    </div>
  );
}

/** A recovery code; its tenth character submits it. */
export function RecoveryCodeForm({ check, working, wrong, onAnswer }: AnswerFormProps) {
  const t = useTexts();
  const [code, setCode] = useState('');
  return (
    <div className="check-code">
      <TextInput
        data-testid="case-recovery-code"
        label={t('case.code.recovery')}
        description={t('case.code.recoveryHint')}
        ff="monospace"
        autoComplete="off"
        spellCheck={false}
        autoFocus
        value={code}
        maxLength={200}
        error={wrong}
        readOnly={working}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          setCode(typed);
          if (readLettersAndDigits(typed).length === 10) {
            onAnswer({ kind: 'recovery-code', code: typed });
            setCode('');
          }
        }}
      />
      <WrongLine check={check} wrong={wrong} />
    </div>
  );
}
