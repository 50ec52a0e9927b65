import { useState } from 'react';
import { Button, Group, Text, TextInput } from '@mantine/core';
import type { AccountSource } from '../../../../shared/api/account-sources.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { ReadSection } from '../../../parts/forms/read-section.tsx';
import { useOutcome, type Outcome } from '../../../parts/forms/use-outcome.ts';
import { useProven } from '../../../parts/proof/use-proven.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { SourceCard } from './source-card.tsx';

/** Milliseconds between requests for the states of the sources. */
const refreshMs = 5000;

/** Settings → Directories: the systems that write accounts to the built-in directory. */
export function AccountSourcesSection() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  return (
    <ReadSection
      title={t('sources.title')}
      name="sources"
      read={() => bridge.sources.list({})}
      refetchInterval={refreshMs}
      lead={
        <Text size="sm" c="dimmed">
          {t('sources.lead')}
        </Text>
      }
    >
      {({ sources }, refetch) => <SourceList sources={sources} onChange={refetch} />}
    </ReadSection>
  );
}

interface SourceListProps {
  readonly sources: readonly AccountSource[];
  readonly onChange: () => void;
}

function SourceList({ sources, onChange }: SourceListProps) {
  const t = useTexts();
  const outcome = useOutcome();
  const [isAdding, setAdding] = useState(false);
  return (
    <div>
      {sources.length === 0 && <Text size="sm">{t('sources.none')}</Text>}
      {sources.map((source) => (
        <SourceCard key={source.id} source={source} outcome={outcome} onChange={onChange} />
      ))}
      {isAdding ? (
        <AddSource
          outcome={outcome}
          onAdded={() => {
            setAdding(false);
            onChange();
          }}
          onCancel={() => {
            outcome.clear();
            setAdding(false);
          }}
        />
      ) : (
        <Button mt={12} variant="default" data-testid="sources-add" onClick={() => setAdding(true)}>
          {t('sources.add')}
        </Button>
      )}
      <Text size="sm" mt={8} role="status">
        {outcome.message}
      </Text>
      <FailureLine failure={outcome.failure} />
    </div>
  );
}

interface AddSourceProps {
  readonly outcome: Outcome;
  readonly onAdded: () => void;
  readonly onCancel: () => void;
}

function AddSource({ outcome, onAdded, onCancel }: AddSourceProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { run, dialog } = useProven();
  const [name, setName] = useState('');
  const add = async () => {
    const added = run(() => bridge.sources.add({ body: { name } }));
    if (await outcome.settle(added, () => t('sources.added'))) onAdded();
  };
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <TextInput
          mt={12}
          maw={400}
          required
          data-autofocus
          label={t('sources.name')}
          description={t('sources.nameHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data-testid="source-name"
          value={name}
          maxLength={60}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Group>
          <Button type="submit" data-testid="source-save">
            {t('sources.add')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('sources.cancel')}
          </Button>
        </Group>
      </form>
      {dialog}
    </>
  );
}
