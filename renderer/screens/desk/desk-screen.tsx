import { useState, type RefObject } from 'react';
import { Button, Group, Skeleton, Text, UnstyledButton } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { CaseRow, OpenCaseRow } from '../../../shared/api/case.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { formatPastTime, fullStamp } from '../../parts/clock/format-time.ts';
import { failureOf, useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useProven } from '../../parts/proof/use-proven.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import type { GivenSearch } from '../../parts/search/given-search.ts';
import { describeWait } from '../../parts/open-cases/describe-wait.ts';
import { useDeskView } from '../../parts/open-cases/use-open-cases.ts';
import { useQueueCount } from '../queue/use-queue-count.ts';
import { AccountSearch } from '../../parts/search/account-search.tsx';
import { usePreparedSearch } from '../../parts/search/use-prepared-search.ts';
import { DeskCards } from './desk-cards.tsx';
import { TeamDay } from './team-day.tsx';
import './desk.css';

/** The cases behind a number of the day. */
export type CountedCases = 'cases' | 'resets' | 'refused';

interface DeskScreenProps {
  readonly search: RefObject<HTMLInputElement | null>;
  /** What a link has filled in. */
  readonly given: GivenSearch | null;
  readonly mayImport: boolean;
  readonly mayApprove: boolean;
  readonly onOpen: (caseId: string) => void;
  readonly onImport: () => void;
  /** Opens the settings of the organisation's name, contact data and logo; absent for operators who cannot change them. */
  readonly onBrand?: (() => void) | undefined;
  /** Opens the settings of directories; absent for operators who cannot change them. */
  readonly onDirectories?: (() => void) | undefined;
  /** Opens the list of the day's cases. */
  readonly onCounted: (counted: CountedCases) => void;
  readonly onGo: (screen: 'queue' | 'requiredResets') => void;
}

const numbers = ['cases', 'resets', 'refused', 'failedChecks', 'medianSeconds'] as const;
const counted = (name: (typeof numbers)[number]): CountedCases | null =>
  name === 'cases' || name === 'resets' || name === 'refused' ? name : null;

/** The start page: the search box, today's numbers and the operator's own cases. */
export function DeskScreen({
  search,
  given,
  mayImport,
  mayApprove,
  onOpen,
  onImport,
  onBrand,
  onDirectories,
  onCounted,
  onGo,
}: DeskScreenProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const client = useQueryClient();
  const { run, dialog } = useProven();
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const query = useDeskView();
  const waiting = useQueueCount(mayApprove);
  const desk = query.data;
  usePreparedSearch();
  const samples = async () => {
    setWorking(true);
    setFailure(null);
    const answer = await run(() => bridge.imports.samples({}));
    setWorking(false);
    if (!answer.ok) return setFailure(answer.failure);
    await client.invalidateQueries({ queryKey: ['desk'] });
    search.current?.focus();
  };
  const openAccount = async (accountId: string) => {
    setFailure(null);
    const answer = await bridge.cases.open({ body: { accountId } });
    if (!answer.ok) return setFailure(answer.failure);
    onOpen(answer.value.id);
  };
  const number = (name: (typeof numbers)[number], value: number | null) => {
    if (value === null) return t('desk.none');
    if (name !== 'medianSeconds') return value.toLocaleString();
    return t('desk.minutes', { minutes: Math.floor(value / 60), seconds: value % 60 });
  };
  return (
    <main className="page desk" data-testid="desk">
      {dialog}
      <AccountSearch key={given?.key} ref={search} large given={given} onOpen={onOpen} />
      <FailureLine failure={failure} read={failureOf(query.error)} />
      {desk === undefined && query.isPending && <Skeleton height={220} />}
      {desk !== undefined && desk.accounts === 0 && (
        <section className="drop" data-testid="desk-empty">
          <Text component="h1" fz={20} fw={600} m={0}>
            {t('desk.empty.title')}
          </Text>
          <Text c="dimmed">{t(mayImport ? 'desk.empty.lead' : 'desk.empty.none')}</Text>
          {mayImport && (
            <Group justify="center">
              <Button data-testid="desk-import" onClick={onImport}>
                {t('desk.empty.import')}
              </Button>
              {onDirectories && (
                <Button variant="default" data-testid="desk-directories" onClick={onDirectories}>
                  {t('desk.empty.directory')}
                </Button>
              )}
              <Button
                variant="default"
                data-testid="desk-import-samples"
                loading={working}
                onClick={() => void samples()}
              >
                {t('desk.empty.samples')}
              </Button>
            </Group>
          )}
          {onBrand && (
            <>
              <Text c="dimmed" mt={12}>
                {t('desk.empty.brandLead')}
              </Text>
              <Button variant="default" data-testid="desk-brand" onClick={onBrand}>
                {t('desk.empty.brand')}
              </Button>
            </>
          )}
        </section>
      )}
      {desk !== undefined && desk.accounts > 0 && (
        <div className="desk-parts">
          <div className="desk-main">
            <h1>{t('desk.today')}</h1>
            <dl className="numbers" data-testid="desk-today">
              {numbers.map((name) => {
                const list = counted(name);
                return (
                  <div key={name}>
                    <dt>{t(`desk.numbers.${name}`)}</dt>
                    <dd>
                      {list === null ? (
                        number(name, desk.today[name])
                      ) : (
                        <UnstyledButton
                          className="number-link"
                          data-testid={`desk-number-${name}`}
                          aria-label={t('desk.showCounted', {
                            name: t(`desk.numbers.${name}`),
                            count: desk.today[name] ?? 0,
                          })}
                          onClick={() => onCounted(list)}
                        >
                          {number(name, desk.today[name])}
                        </UnstyledButton>
                      )}
                    </dd>
                  </div>
                );
              })}
            </dl>
            {desk.open.length > 0 && <CaseList title={t('desk.open')} rows={desk.open} onOpen={onOpen} />}
            <DeskCards
              desk={desk}
              waiting={waiting}
              onOpenCase={onOpen}
              onAccount={(accountId) => void openAccount(accountId)}
              onGo={onGo}
            />
            {desk.recent.length > 0 && (
              <CaseList title={t('desk.recent')} rows={desk.recent} onOpen={onOpen} />
            )}
            {desk.open.length + desk.recent.length === 0 && <Text c="dimmed">{t('desk.noCases')}</Text>}
          </div>
          <TeamDay desk={desk} />
        </div>
      )}
    </main>
  );
}

function CaseList({
  title,
  rows,
  onOpen,
}: {
  readonly title: string;
  readonly rows: readonly (CaseRow | OpenCaseRow)[];
  readonly onOpen: (caseId: string) => void;
}) {
  const t = useTexts();
  return (
    <section aria-label={title}>
      <Text component="h2" fz={14} fw={600} m={0} mb={6}>
        {title}
      </Text>
      <ul className="case-list">
        {rows.map((row) => (
          <li key={row.id}>
            <button type="button" data-testid="desk-case" onClick={() => onOpen(row.id)}>
              <span>{row.number}</span>
              <span className="hit-name">
                <bdi>{row.displayName}</bdi>
              </span>
              <Text span c="dimmed" size="sm">
                {'waitsFor' in row ? describeWait(row, t) : t(`cases.results.${row.result}`)}
              </Text>
              <Text span c="dimmed" size="sm" title={fullStamp(row.openedAt)}>
                {formatPastTime(row.openedAt)}
              </Text>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
