import { useEffect, useRef, useState } from 'react';
import { Badge, Button, Group, Modal, Text } from '@mantine/core';
import type { DirectoryView } from '../../../../shared/api/directories.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { ReadSection } from '../../../parts/forms/read-section.tsx';
import { useOutcome, type Outcome } from '../../../parts/forms/use-outcome.ts';
import { useProven } from '../../../parts/proof/use-proven.tsx';
import { formatPastTime } from '../../../parts/clock/format-time.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { DirectoryForm } from './directory-form.tsx';
import { DirectoryHold } from './directory-hold.tsx';
import { HeldChanges } from './held-changes.tsx';
import { RefusedEntries } from './refused-entries.tsx';

/** Milliseconds until the states of the directories are asked for again. */
const refreshMs = 2000;

/** Settings → Directories: what is connected and how fresh it is; add, change, read again, remove. */
export function DirectoriesSection() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  return (
    <ReadSection
      title={t('directories.title')}
      name="directories"
      read={() => bridge.directories.list({})}
      refetchInterval={refreshMs}
      lead={
        <Text size="sm" c="dimmed">
          {t('directories.lead')}
        </Text>
      }
    >
      {({ directories }, refetch) => <DirectoryList directories={directories} onChange={refetch} />}
    </ReadSection>
  );
}

interface DirectoryListProps {
  readonly directories: readonly DirectoryView[];
  readonly onChange: () => void;
}

function DirectoryList({ directories, onChange }: DirectoryListProps) {
  const t = useTexts();
  const outcome = useOutcome();
  const [editing, setEditing] = useState<DirectoryView | 'new' | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const hasReturned = useRef(false);
  // The form is taller than the list: without this, the window would show another section of the page.
  useEffect(() => {
    if (editing !== null || !hasReturned.current) return;
    hasReturned.current = false;
    list.current?.focus({ preventScroll: true });
    list.current?.scrollIntoView({ block: 'nearest' });
  }, [editing]);
  const leave = () => {
    hasReturned.current = true;
    setEditing(null);
  };
  const close = () => {
    leave();
    onChange();
  };
  if (editing !== null) {
    const directory = editing === 'new' ? null : editing;
    const cancel = () => {
      outcome.clear();
      leave();
    };
    return <DirectoryForm directory={directory} outcome={outcome} onSaved={close} onCancel={cancel} />;
  }
  return (
    <div ref={list} tabIndex={-1} data-testid="directory-list">
      {directories.length === 0 && <Text size="sm">{t('directories.none')}</Text>}
      {directories.map((directory) => (
        <DirectoryRow
          key={directory.id}
          directory={directory}
          outcome={outcome}
          onEdit={() => {
            outcome.clear();
            setEditing(directory);
          }}
          onChange={onChange}
        />
      ))}
      <Button
        mt={12}
        variant="default"
        data-testid="directories-add"
        onClick={() => {
          outcome.clear();
          setEditing('new');
        }}
      >
        {t('directories.add')}
      </Button>
      <Text size="sm" mt={8} role="status">
        {outcome.message}
      </Text>
      <FailureLine failure={outcome.failure} />
    </div>
  );
}

interface DirectoryRowProps {
  readonly directory: DirectoryView;
  /** The outcome of the list, because a removed directory has no row. */
  readonly outcome: Outcome;
  readonly onEdit: () => void;
  readonly onChange: () => void;
}

/** One directory: its name, kind and the state of its reads. */
function DirectoryRow({ directory, outcome, onEdit, onChange }: DirectoryRowProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { run, dialog } = useProven();
  const { failure, settle } = useOutcome();
  const [isRemoving, setRemoving] = useState(false);
  const { id, name, enabled, settings, accounts, reading, waiting } = directory;
  const params = { directoryId: id };
  const read = async () => {
    await settle(bridge.directories.read({ params }), () => '');
    onChange();
  };
  const remove = async () => {
    setRemoving(false);
    const isDone = await outcome.settle(
      run(() => bridge.directories.remove({ params })),
      () => t('directories.removed'),
    );
    if (isDone) onChange();
  };
  const time = reading.state === 'failed' ? reading.faultAt : reading.readAt;
  return (
    <div className="directory-row" data-testid="directory-row" data-state={reading.state}>
      <Group justify="space-between" wrap="nowrap">
        <Group gap={8}>
          <Text fw={600}>
            <bdi>{name}</bdi>
          </Text>
          <Badge variant="default" tt="none" radius="sm">
            {t(`directories.kinds.${settings.kind}`)}
          </Badge>
          {!enabled && (
            <Badge color="gray" tt="none" radius="sm">
              {t('directories.off')}
            </Badge>
          )}
        </Group>
        <Group gap={4} wrap="nowrap">
          <Button
            variant="subtle"
            size="compact-sm"
            disabled={!enabled || reading.state === 'reading'}
            data-testid="directory-read"
            onClick={() => void read()}
          >
            {t('directories.read')}
          </Button>
          <Button variant="subtle" size="compact-sm" data-testid="directory-edit" onClick={onEdit}>
            {t('directories.edit')}
          </Button>
          <Button
            variant="subtle"
            color="red"
            size="compact-sm"
            data-testid="directory-remove"
            onClick={() => setRemoving(true)}
          >
            {t('directories.remove')}
          </Button>
        </Group>
      </Group>
      <Text size="sm" c="dimmed" role="status">
        {t(`directories.states.${reading.state}`, {
          count: reading.state === 'reading' ? reading.accountsRead : accounts,
          time: time === null ? '' : formatPastTime(time),
        })}
      </Text>
      {reading.fault !== null && (
        <Text size="sm" data-testid="directory-fault">
          {t(`directories.faults.${reading.fault}` as 'directories.faults.timeout')}
        </Text>
      )}
      <DirectoryHold directory={directory} onChange={onChange} />
      <HeldChanges directory={directory} onChange={onChange} />
      <RefusedEntries directory={directory} />
      {waiting > 0 && <Text size="sm">{t('directories.waiting', { count: waiting })}</Text>}
      <FailureLine failure={failure} />
      {isRemoving && (
        <RemoveDialog
          name={name}
          accounts={accounts}
          onConfirm={() => void remove()}
          onClose={() => setRemoving(false)}
        />
      )}
      {dialog}
    </div>
  );
}

interface RemoveDialogProps {
  readonly name: string;
  readonly accounts: number;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Explains what happens to the accounts, and focuses the button that cancels. */
function RemoveDialog({ name, accounts, onConfirm, onClose }: RemoveDialogProps) {
  const t = useTexts();
  return (
    <Modal
      opened
      onClose={onClose}
      title={<bdi>{t('directories.removeTitle', { name })}</bdi>}
      withCloseButton={false}
    >
      <Text size="sm">{t('directories.removeText', { count: accounts })}</Text>
      <Group mt={16} justify="flex-end">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('directories.cancel')}
        </Button>
        <Button color="red" data-testid="directory-remove-confirm" onClick={onConfirm}>
          {t('directories.remove')}
        </Button>
      </Group>
    </Modal>
  );
}
