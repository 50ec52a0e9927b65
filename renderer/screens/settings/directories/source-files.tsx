import { useState } from 'react';
import { Button, Checkbox, Group, Text } from '@mantine/core';
import type { AccountSource, FileFeed } from '../../../../shared/api/account-sources.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';
import { formatPastTime } from '../../../parts/clock/format-time.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { useOutcome } from '../../../parts/forms/use-outcome.ts';
import { useProven } from '../../../parts/proof/use-proven.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { AddressField } from './address-field.tsx';

interface SourceFilesProps {
  readonly source: AccountSource;
  readonly onChange: () => void;
}

/** Whether the files of a source are read, their folder, and the results of the latest ones. */
export function SourceFiles({ source, onChange }: SourceFilesProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { run, dialog } = useProven();
  const { message, failure, settle } = useOutcome();
  const { id, feed } = source;
  const [enabled, setEnabled] = useState(feed.enabled);
  const [complete, setComplete] = useState(feed.complete);
  const isChanged = enabled !== feed.enabled || complete !== feed.complete;
  const save = async () => {
    const body = { enabled, complete };
    const saved = run(() => bridge.sources.changeFeed({ params: { sourceId: id }, body }));
    if (await settle(saved, () => t('sources.files.saved'))) onChange();
  };
  return (
    <>
      <Checkbox
        label={t('sources.files.enabled')}
        checked={enabled}
        data-testid="source-files-enabled"
        onChange={({ currentTarget }) => setEnabled(currentTarget.checked)}
      />
      {enabled && (
        <Checkbox
          label={t('sources.files.complete')}
          description={t('sources.files.hint')}
          checked={complete}
          data-testid="source-files-complete"
          onChange={({ currentTarget }) => setComplete(currentTarget.checked)}
        />
      )}
      {isChanged && (
        <Button
          size="compact-sm"
          style={{ alignSelf: 'flex-start' }}
          data-testid="source-files-save"
          onClick={() => void save()}
        >
          {t('sources.save')}
        </Button>
      )}
      {feed.enabled && (
        <>
          <AddressField label={t('sources.files.folder')} value={feed.folder} />
          <AddressField label={t('sources.files.upload')} value={feed.uploadUrl} />
          {feed.unlistedSince !== null && (
            <Text size="sm" role="alert" data-testid="source-folder-fault">
              {t('sources.files.unlisted', { time: formatPastTime(feed.unlistedSince) })}
            </Text>
          )}
          {feed.runs.length === 0 && <Text size="sm">{t('sources.files.none')}</Text>}
          {feed.runs.map((fileRun) => (
            <FeedRun key={`${fileRun.at} ${fileRun.fileName}`} run={fileRun} onChange={onChange} />
          ))}
        </>
      )}
      <Text size="sm" role="status">
        {message}
      </Text>
      <FailureLine failure={failure} />
      {dialog}
    </>
  );
}

interface FeedRunProps {
  readonly run: FileFeed['runs'][number];
  readonly onChange: () => void;
}

/** A file that was read. One that waits, because it would change very many accounts, is decided here. */
function FeedRun({ run: { importId, fileName, at, outcome, fault, ...counts }, onChange }: FeedRunProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { run, dialog } = useProven();
  const { message, failure, settle } = useOutcome();
  const params = { importId: importId ?? '' };
  const confirm = async () => {
    const confirmed = run(() => bridge.imports.confirm({ params }));
    if (await settle(confirmed, () => t('sources.files.confirmed'))) onChange();
  };
  const cancel = async () => {
    const cancelled = bridge.imports.cancel({ params });
    if (await settle(cancelled, () => t('sources.files.cancelled'))) onChange();
  };
  return (
    <div data-testid="source-run" data-outcome={outcome}>
      <Text size="sm">
        {t('sources.files.run', {
          fileName,
          time: formatPastTime(at),
          outcome: t(`sources.files.outcomes.${outcome}`),
        })}
      </Text>
      <Text size="xs" c="dimmed">
        {fault === null ? t('sources.files.counts', counts) : t(`sources.files.faults.${fault}`)}
      </Text>
      {outcome === 'waiting' && (
        <Group gap={8} mt={4}>
          <Button
            variant="default"
            size="compact-sm"
            data-testid="source-run-confirm"
            onClick={() => void confirm()}
          >
            {t('sources.files.confirm')}
          </Button>
          <Button
            variant="default"
            size="compact-sm"
            data-testid="source-run-cancel"
            onClick={() => void cancel()}
          >
            {t('sources.files.cancel')}
          </Button>
        </Group>
      )}
      <Text size="sm" role="status">
        {message}
      </Text>
      <FailureLine failure={failure} />
      {dialog}
    </div>
  );
}
