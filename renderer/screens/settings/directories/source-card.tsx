import { useState } from 'react';
import { Button, Group, Modal, Text } from '@mantine/core';
import type { AccountSource } from '../../../../shared/api/account-sources.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';
import { formatPastTime } from '../../../parts/clock/format-time.ts';
import type { Outcome } from '../../../parts/forms/use-outcome.ts';
import { useProven } from '../../../parts/proof/use-proven.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { AddressField } from './address-field.tsx';
import { SourceFiles } from './source-files.tsx';
import { SourceHold } from './source-hold.tsx';
import { SourceTokens } from './source-tokens.tsx';

interface SourceProps {
  readonly source: AccountSource;
  /** The outcome of the list, because a removed source has no card. */
  readonly outcome: Outcome;
  readonly onChange: () => void;
}

/** One source: the number of its accounts, its address, tokens and files, and its held changes. */
export function SourceCard({ source, outcome, onChange }: SourceProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { run, dialog } = useProven();
  const [isRemoving, setRemoving] = useState(false);
  const { id, name, accounts, changedAt, scimUrl } = source;
  const remove = async () => {
    setRemoving(false);
    const removed = run(() => bridge.sources.remove({ params: { sourceId: id } }));
    if (await outcome.settle(removed, () => t('sources.removed'))) onChange();
  };
  return (
    <section className="source-card" data-testid="source-card" aria-label={name}>
      <Group justify="space-between" wrap="nowrap" align="start">
        <div>
          <Text fw={600}>
            <bdi>{name}</bdi>
          </Text>
          <Text size="sm" c="dimmed">
            {t('sources.count', { count: accounts })}
            {changedAt !== null && ` · ${t('sources.changed', { time: formatPastTime(changedAt) })}`}
          </Text>
        </div>
        <Button
          variant="subtle"
          color="red"
          size="compact-sm"
          data-testid="source-remove"
          onClick={() => setRemoving(true)}
        >
          {t('sources.remove')}
        </Button>
      </Group>
      <SourceHold source={source} onChange={onChange} />
      <h3>{t('sources.scim')}</h3>
      <AddressField label={t('sources.address')} value={scimUrl} />
      <SourceTokens source={source} onChange={onChange} />
      <h3>{t('sources.files.title')}</h3>
      <SourceFiles source={source} onChange={onChange} />
      <Modal
        opened={isRemoving}
        onClose={() => setRemoving(false)}
        title={<bdi>{t('sources.removeTitle', { name })}</bdi>}
        withCloseButton={false}
      >
        <Text size="sm">{t('sources.removeText')}</Text>
        <Group mt={16} justify="flex-end">
          <Button variant="default" data-autofocus onClick={() => setRemoving(false)}>
            {t('sources.cancel')}
          </Button>
          <Button color="red" data-testid="source-remove-confirm" onClick={() => void remove()}>
            {t('sources.remove')}
          </Button>
        </Group>
      </Modal>
      {dialog}
    </section>
  );
}
