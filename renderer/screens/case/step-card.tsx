import type { ReactNode } from 'react';
import { Text } from '@mantine/core';
import type { Step } from './current-step.ts';

interface StepCardProps {
  readonly number: number;
  /** Names the step to tests, whatever the language. */
  readonly name: Exclude<Step, 'ended'>;
  readonly title: string;
  readonly state: 'open' | 'done' | 'waiting';
  /** Shown at the end of the head line: the score, or the result of the step. */
  readonly summary?: ReactNode;
  readonly children?: ReactNode;
}

/** One of the three steps: a single line while it is done or waiting, complete while it is open. */
export function StepCard({ number, name, title, state, summary, children }: StepCardProps) {
  return (
    <section
      className="step"
      data-open={state === 'open'}
      data-state={state}
      data-testid={`case-step-${name}`}
      aria-current={state === 'open' ? 'step' : undefined}
      aria-label={title}
    >
      <div className="step-head">
        <span className="step-number" aria-hidden>
          {state === 'done' ? '✓' : number}
        </span>
        <h2>{title}</h2>
        <Text component="div" size="sm" c="dimmed">
          {summary}
        </Text>
      </div>
      {state === 'open' && <div className="step-body">{children}</div>}
    </section>
  );
}
