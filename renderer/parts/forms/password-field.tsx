import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useTexts } from '../../texts/use-texts.ts';

/** A field for a password, which says while Caps Lock is on. */
export function PasswordField({ description, ...props }: PasswordInputProps): ReactNode {
  const t = useTexts();
  const [isCapsLockOn, setCapsLockOn] = useState(false);
  const check = (event: KeyboardEvent<HTMLInputElement>) => setCapsLockOn(event.getModifierState('CapsLock'));
  return (
    // One element, so that it is one column in a row of fields.
    <div>
      <PasswordInput
        {...props}
        {...(description !== undefined && { description })}
        onKeyDown={(event) => {
          check(event);
          props.onKeyDown?.(event);
        }}
        onKeyUp={(event) => {
          check(event);
          props.onKeyUp?.(event);
        }}
        onBlur={(event) => {
          setCapsLockOn(false);
          props.onBlur?.(event);
        }}
      />
      {/* Always rendered, since screen readers announce only changes of an element that exists. */}
      <div role="status" className="caps-lock" data-testid="caps-lock">
        {isCapsLockOn ? t('entrance.capsLock') : ''}
      </div>
    </div>
  );
}
