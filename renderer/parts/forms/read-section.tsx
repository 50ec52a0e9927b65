import type { ReactNode } from 'react';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Result } from '../../../shared/errors/result.ts';
import { failureOf, valueOf } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { SettingsSection } from './settings-section.tsx';

interface ReadSectionProps<T> {
  readonly title: string;
  /** Names the section, and the query below `settings`. */
  readonly name: string;
  readonly read: () => Promise<Result<T>>;
  /** Milliseconds between automatic reads; not repeated by default. */
  readonly refetchInterval?: number;
  /** Shown above the values, from the start. */
  readonly lead?: ReactNode;
  readonly children: (stored: T, refetch: () => void) => ReactNode;
}

/** A section of the settings that reads its stored values first: shows that it is loading, why it failed, or the values. */
export function ReadSection<T>(props: ReadSectionProps<T>) {
  const { title, name, read, refetchInterval, lead, children } = props;
  const t = useTexts();
  const query = useQuery({
    queryKey: ['settings', name],
    queryFn: () => valueOf(read()),
    retry: false,
    ...(refetchInterval !== undefined && { refetchInterval }),
  });
  return (
    <SettingsSection title={title} name={name}>
      {lead}
      <FailureLine read={failureOf(query.error)} />
      {query.isPending && <Skeleton role="progressbar" height={160} aria-label={t('settings.loading')} />}
      {query.data !== undefined && children(query.data, () => void query.refetch())}
    </SettingsSection>
  );
}
