import type { ReactNode } from 'react';
import { Text } from '@mantine/core';

interface StepCardProps {
  readonly number: number;
  readonly title: string;
  readonly state: 'open' | 'done' | 'waiting';
  /** What stands at the end of the head line: the score, what it ended with. */
  readonly summary?: ReactNode;
  readonly children?: ReactNode;
}

/** One of the three steps: one line when it is done or waiting, whole when it is open. */
export function StepCard({ number, title, state, summary, children }: StepCardProps) {
  return (
    <section
      className="step"
      data-open={state === 'open'}
      data-state={state}
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
