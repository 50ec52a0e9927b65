import type { ReactNode } from 'react';
import { Button, Text } from '@mantine/core';
import type { DeskView } from '../../../shared/api/desk.ts';
import { formatPastTime, formatRemaining, fullStamp } from '../../parts/clock/format-time.ts';
import { useClock } from '../../parts/clock/countdown.ts';
import { useTexts } from '../../texts/use-texts.ts';

interface CardProps {
  readonly name: string;
  readonly title: string;
  /** The total number, including entries that are not listed. */
  readonly count?: number;
  readonly children: ReactNode;
}

function Card({ name, title, count, children }: CardProps) {
  return (
    <section className="desk-card" aria-label={title} data-testid={`desk-${name}`}>
      <h2>
        {title}
        {count !== undefined && <span>{count}</span>}
      </h2>
      <ul>{children}</ul>
    </section>
  );
}

interface RowProps {
  readonly name: string;
  readonly about: ReactNode;
  readonly end?: ReactNode;
  /** Opens the subject of the row. Without it, the row is plain text. */
  readonly onOpen?: (() => void) | undefined;
}

function Row({ name, about, end, onOpen }: RowProps) {
  const content = (
    <>
      <span className="desk-row-text">
        <bdi>{name}</bdi>
        <Text span size="sm" c="dimmed">
          {about}
        </Text>
      </span>
      {end}
    </>
  );
  return (
    <li>
      {onOpen === undefined ? (
        <div className="desk-row">{content}</div>
      ) : (
        <button type="button" className="desk-row" data-testid="desk-row" onClick={onOpen}>
          {content}
        </button>
      )}
    </li>
  );
}

interface DeskCardsProps {
  readonly desk: DeskView;
  /** The requests, held changes and flags that wait for this operator as an approver. */
  readonly waiting: number;
  readonly onOpenCase: (caseId: string) => void;
  /** Opens a case about an account. */
  readonly onAccount: (accountId: string) => void;
  readonly onGo: (screen: 'queue' | 'requiredResets') => void;
}

/** The lists of waiting, unfinished, locked and suspicious entries. Empty cards are left out. */
export function DeskCards({ desk, waiting, onOpenCase, onAccount, onGo }: DeskCardsProps) {
  const t = useTexts();
  const { unfinished, locked, lookTwice, requirements } = desk;
  return (
    <div className="desk-cards">
      {waiting > 0 && (
        <Card name="waiting" title={t('desk.waiting.title')} count={waiting}>
          <li className="desk-row">
            <Text size="sm">{t('desk.waiting.text', { count: waiting })}</Text>
            <Button
              size="compact-sm"
              variant="default"
              data-testid="desk-queue"
              onClick={() => onGo('queue')}
            >
              {t('desk.waiting.look')}
            </Button>
          </li>
        </Card>
      )}
      {unfinished.length + requirements.length > 0 && (
        <Card
          name="unfinished"
          title={t('desk.unfinished.title')}
          count={unfinished.length + requirements.length}
        >
          {unfinished.map((reset) => (
            <Row
              key={`${reset.caseId} ${reset.madeAt}`}
              name={reset.displayName}
              about={t(`desk.unfinished.${reset.isOpened ? 'opened' : reset.action}`, {
                time: formatPastTime(reset.madeAt),
              })}
              end={<TimeLeft until={reset.validUntil} />}
              onOpen={() => onOpenCase(reset.caseId)}
            />
          ))}
          {requirements.map(({ id, reason, accounts, done, byDesk, dueAt }) => (
            <Row
              key={id}
              name={reason}
              about={`${t('desk.unfinished.required', { done, accounts })}${
                byDesk === 0 ? '' : ` · ${t('desk.unfinished.byDesk', { count: byDesk })}`
              }`}
              end={<When at={dueAt} text={t('desk.unfinished.due', { time: formatPastTime(dueAt) })} />}
              onOpen={() => onGo('requiredResets')}
            />
          ))}
        </Card>
      )}
      {locked.count > 0 && (
        <Card name="locked" title={t('desk.locked.title')} count={locked.count}>
          {locked.accounts.map(({ id, displayName, since, until }) => (
            <Row
              key={id}
              name={displayName}
              about={t('desk.locked.since', { time: formatPastTime(since) })}
              end={
                until === null ? (
                  <When at={since} text={t('desk.locked.untilUnlocked')} />
                ) : (
                  <TimeLeft until={until} />
                )
              }
              onOpen={() => onAccount(id)}
            />
          ))}
          {locked.count > locked.accounts.length && (
            <li className="desk-row">
              <Text size="sm" c="dimmed">
                {t('desk.locked.more', { count: locked.count - locked.accounts.length })}
              </Text>
            </li>
          )}
        </Card>
      )}
      {lookTwice.length > 0 && (
        <Card name="look-twice" title={t('desk.lookTwice.title')}>
          {lookTwice.map(({ kind, caseId, accountId, displayName, at }) => (
            <Row
              key={`${kind} ${accountId} ${at}`}
              name={displayName}
              about={t(`desk.lookTwice.${kind}`, { time: formatPastTime(at) })}
              onOpen={caseId === null ? undefined : () => onOpenCase(caseId)}
            />
          ))}
        </Card>
      )}
    </div>
  );
}

/** The remaining time until an instant, with the instant shown on hover. */
function TimeLeft({ until }: { readonly until: string }) {
  const t = useTexts();
  const now = useClock();
  const left = Math.max(0, Date.parse(until) - now);
  return <When at={until} text={t('desk.left', { time: formatRemaining(left) })} />;
}

const When = ({ at, text }: { readonly at: string; readonly text: string }) => (
  <Text span size="sm" c="dimmed" className="desk-when" title={fullStamp(at)}>
    {text}
  </Text>
);
