import { useState, type RefObject } from 'react';
import { Button, Group, Skeleton, UnstyledButton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { CaseRow } from '../../shared/api/case.ts';
import type { DeskView } from '../../shared/api/desk.ts';
import { failureOf, useConsoleBridge, valueOf } from '../bridge/console-bridge.ts';
import { clockWords, fullStamp } from '../clock/clock-words.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { formatRemaining } from '../handover/countdown.ts';
import { useSamples } from '../import/use-samples.ts';
import { useWords } from '../texts/use-words.ts';
import { AccountSearch } from './account-search.tsx';

interface DeskScreenProps {
  readonly searchRef: RefObject<HTMLInputElement | null>;
  readonly mayImport: boolean;
  readonly onCase: (caseId: string) => void;
  readonly onImport: () => void;
}

const startOfDay = () => {
  const day = new Date();
  day.setHours(0, 0, 0, 0);
  return day.toISOString();
};

/** The start page: who is calling, own cases, today's numbers. */
export function DeskScreen({ searchRef, mayImport, onCase, onImport }: DeskScreenProps) {
  const words = useWords();
  const bridge = useConsoleBridge();
  const [searching, setSearching] = useState(false);
  const query = useQuery({
    queryKey: ['desk'],
    queryFn: () => valueOf(bridge.desk.get({ query: { dayStart: startOfDay() } })),
    refetchInterval: 30_000,
  });
  const desk = query.data;
  return (
    <main className="desk">
      <h1>{words('desk.title')}</h1>
      <AccountSearch
        inputRef={searchRef}
        place="desk"
        onCase={onCase}
        onText={(text) => setSearching(text.trim() !== '')}
      />
      {!searching && (
        <>
          <FailureLine failure={failureOf(query.error)} />
          {query.isPending && <Skeleton mt={28} height={240} aria-label={words('desk.loading')} />}
          {desk?.accounts === 0 && <NoAccounts mayImport={mayImport} onImport={onImport} />}
          {desk !== undefined && desk.accounts > 0 && <Overview desk={desk} onCase={onCase} />}
        </>
      )}
    </main>
  );
}

function Overview({ desk, onCase }: { readonly desk: DeskView; readonly onCase: (id: string) => void }) {
  const words = useWords();
  const { today } = desk;
  const median = today.medianSeconds;
  return (
    <>
      {desk.open.length > 0 && <Rows title={words('desk.open')} rows={desk.open} onCase={onCase} />}
      <section className="desk-section" aria-label={words('desk.today')}>
        <h2>
          {words('desk.today')} · {words('desk.accounts', { count: desk.accounts })}
        </h2>
        <dl className="today card" style={{ margin: 0 }}>
          {(['cases', 'resets', 'refused', 'failedChecks'] as const).map((name) => (
            <div key={name}>
              <dt>{words(`desk.numbers.${name}`)}</dt>
              <dd>{today[name].toLocaleString()}</dd>
            </div>
          ))}
          <div>
            <dt>{words('desk.numbers.median')}</dt>
            <dd>{median === null ? words('desk.numbers.none') : formatRemaining(median * 1000)}</dd>
          </div>
        </dl>
      </section>
      <Rows title={words('desk.recent')} rows={desk.recent} onCase={onCase} empty={words('desk.noRecent')} />
    </>
  );
}

interface RowsProps {
  readonly title: string;
  readonly rows: readonly CaseRow[];
  readonly empty?: string;
  readonly onCase: (caseId: string) => void;
}

function Rows({ title, rows, empty, onCase }: RowsProps) {
  const words = useWords();
  return (
    <section className="desk-section" aria-label={title}>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p className="quiet">{empty}</p>
      ) : (
        <ul className="desk-rows card">
          {rows.map((row) => (
            <li key={row.id}>
              <UnstyledButton
                className="desk-row"
                aria-label={words('desk.openCase', { number: row.number, name: row.displayName })}
                onClick={() => onCase(row.id)}
              >
                <span className="quiet numbers">{row.number}</span>
                <span className="desk-row-name">
                  <bdi>{row.displayName}</bdi>{' '}
                  <span className="quiet">
                    <bdi>{row.userName}</bdi>
                  </span>
                </span>
                <span className="quiet">{words(`cases.results.${row.result}`)}</span>
                <span className="quiet numbers" title={fullStamp(row.openedAt)}>
                  {clockWords(row.openedAt)}
                </span>
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function NoAccounts({ mayImport, onImport }: { readonly mayImport: boolean; readonly onImport: () => void }) {
  const words = useWords();
  const client = useQueryClient();
  const samples = useSamples(() => void client.invalidateQueries({ queryKey: ['desk'] }));
  return (
    <section className="desk-empty card" aria-label={words('desk.empty.title')}>
      <h2>{words('desk.empty.title')}</h2>
      <p className="quiet">{words(mayImport ? 'desk.empty.text' : 'desk.empty.noRight')}</p>
      {mayImport && (
        <>
          <Group gap={8}>
            <Button onClick={onImport}>{words('desk.empty.csv')}</Button>
            <Button variant="default" aria-disabled={samples.running} onClick={() => void samples.start()}>
              {words(samples.running ? 'desk.empty.importing' : 'desk.empty.samples')}
            </Button>
          </Group>
          <p className="quiet">{words('desk.empty.samplesText')}</p>
          <FailureLine failure={samples.failure} />
        </>
      )}
    </section>
  );
}
