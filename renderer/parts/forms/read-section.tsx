import type { ReactNode } from 'react';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Result } from '../../../shared/errors/result.ts';
import { failureOf, valueOf } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { SettingsSection } from './settings-section.tsx';

interface ReadSectionProps<T> {
  readonly title: string;
  /** What it is read under, below `settings`. */
  readonly name: string;
  readonly read: () => Promise<Result<T>>;
  /** Milliseconds after which it is read again by itself. */
  readonly every?: number;
  readonly lead?: ReactNode;
  readonly children: (stored: T, readAgain: () => void) => ReactNode;
}

/** A block of the settings that shows what is stored: being read, not to be had, or there. */
export function ReadSection<T>({ title, name, read, every, lead, children }: ReadSectionProps<T>) {
  const t = useTexts();
  const query = useQuery({
    queryKey: ['settings', name],
    queryFn: () => valueOf(read()),
    retry: false,
    ...(every !== undefined && { refetchInterval: every }),
  });
  return (
    <SettingsSection title={title}>
      {lead}
      <FailureLine failure={failureOf(query.error)} />
      {query.isPending && <Skeleton height={160} aria-label={t('settings.loading')} />}
      {query.data !== undefined && children(query.data, () => void query.refetch())}
    </SettingsSection>
  );
}
