import { useState } from 'react';
import { Button, Group, Modal, NumberInput, Text, TextInput } from '@mantine/core';
import {
  longestTokenDays,
  type AccountSource,
  type SourceToken,
} from '../../../../shared/api/account-sources.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';
import { formatPastTime } from '../../../parts/clock/format-time.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { useOutcome, type Outcome } from '../../../parts/forms/use-outcome.ts';
import { useProven } from '../../../parts/proof/use-proven.tsx';
import { useTexts } from '../../../texts/use-texts.ts';

interface SourceTokensProps {
  readonly source: AccountSource;
  readonly onChange: () => void;
}

/** A token whose value is currently shown. */
interface Shown {
  readonly value: string;
  readonly expiresAt: string;
}

/** The tokens of a source, with the actions to add, show and revoke them. */
export function SourceTokens({ source, onChange }: SourceTokensProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { run, dialog } = useProven();
  const outcome = useOutcome();
  const { message, failure, settle } = outcome;
  const [isAdding, setAdding] = useState(false);
  const [shown, setShown] = useState<Shown | null>(null);
  const { id, name, tokens } = source;
  const show = async (tokenId: string) => {
    const issued = run(() => bridge.sources.issueToken({ params: { sourceId: id, tokenId } }));
    await settle(issued, (value) => {
      setShown(value);
      return '';
    });
    onChange();
  };
  const revoke = async (tokenId: string) => {
    const revoked = bridge.sources.revokeToken({ params: { sourceId: id, tokenId } });
    if (await settle(revoked, () => t('sources.tokens.revoked'))) onChange();
  };
  return (
    <>
      {tokens.length === 0 && <Text size="sm">{t('sources.tokens.none')}</Text>}
      {tokens.length > 0 && (
        <ul className="session-list" aria-label={t('sources.tokens.title', { name })}>
          {tokens.map((token) => (
            <li key={token.id} data-testid="source-token" data-state={token.state}>
              <TokenState token={token} />
              <Group gap={4} wrap="nowrap">
                {token.state === 'agreed' && token.own && (
                  <Button
                    size="compact-sm"
                    data-testid="source-token-show"
                    onClick={() => void show(token.id)}
                  >
                    {t('sources.tokens.show')}
                  </Button>
                )}
                {(token.state === 'agreed' || token.state === 'in-use') && (
                  <Button
                    variant="default"
                    size="compact-sm"
                    data-testid="source-token-revoke"
                    onClick={() => void revoke(token.id)}
                  >
                    {t('sources.tokens.revoke')}
                  </Button>
                )}
              </Group>
            </li>
          ))}
        </ul>
      )}
      {isAdding ? (
        <AddToken
          sourceId={id}
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
        <Button
          variant="default"
          size="compact-sm"
          mt={4}
          data-testid="source-token-add"
          onClick={() => setAdding(true)}
        >
          {t('sources.tokens.add')}
        </Button>
      )}
      <Text size="sm" role="status">
        {message}
      </Text>
      <FailureLine failure={failure} />
      <Modal
        opened={shown !== null}
        onClose={() => setShown(null)}
        closeOnClickOutside={false}
        size="lg"
        title={t('sources.tokens.showTitle')}
        withCloseButton={false}
      >
        {shown !== null && (
          <>
            <Text size="sm">{t('sources.tokens.shownOnce')}</Text>
            <TextInput
              mt={12}
              readOnly
              data-autofocus
              dir="ltr"
              aria-label={t('sources.tokens.showTitle')}
              data-testid="source-token-value"
              styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
              value={shown.value}
              description={t('sources.tokens.valid', { time: formatPastTime(shown.expiresAt) })}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              onFocus={({ currentTarget }) => currentTarget.select()}
            />
            <Group mt={16} justify="flex-end">
              <Button data-testid="source-token-close" onClick={() => setShown(null)}>
                {t('sources.close')}
              </Button>
            </Group>
          </>
        )}
      </Modal>
      {dialog}
    </>
  );
}

function TokenState({ token }: { readonly token: SourceToken }) {
  const t = useTexts();
  const { label, state, createdBy, expiresAt, lastUsedAt } = token;
  const time = formatPastTime(expiresAt);
  return (
    <div>
      <Text size="sm" fw={500}>
        <bdi>{label}</bdi>
      </Text>
      <Text size="xs" c="dimmed">
        {t(`sources.tokens.states.${state}`, { name: createdBy, time })}
        {state === 'in-use' &&
          ` · ${lastUsedAt === null ? t('sources.tokens.unused') : t('sources.tokens.used', { time: formatPastTime(lastUsedAt) })}`}
      </Text>
    </div>
  );
}

interface AddTokenProps {
  readonly sourceId: string;
  readonly outcome: Outcome;
  readonly onAdded: () => void;
  readonly onCancel: () => void;
}

function AddToken({ sourceId, outcome, onAdded, onCancel }: AddTokenProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { run, dialog } = useProven();
  const [label, setLabel] = useState('');
  const [days, setDays] = useState(180);
  const add = async () => {
    const body = { label, days };
    const added = run(() => bridge.sources.addToken({ params: { sourceId }, body }));
    if (await outcome.settle(added, () => t('sources.tokens.added'))) onAdded();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Text size="sm">{t('sources.tokens.lead')}</Text>
      <Group align="start" grow>
        <TextInput
          required
          withAsterisk={false}
          label={t('sources.tokens.label')}
          description={t('sources.tokens.labelHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data-testid="source-token-label"
          value={label}
          maxLength={60}
          onChange={({ currentTarget }) => setLabel(currentTarget.value)}
        />
        <NumberInput
          min={1}
          max={longestTokenDays}
          allowDecimal={false}
          label={t('sources.tokens.days')}
          description={t('sources.tokens.daysHint', { count: longestTokenDays })}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={days}
          onChange={(value) => setDays(Number(value))}
        />
      </Group>
      <Group>
        <Button type="submit" data-testid="source-token-save">
          {t('sources.tokens.add')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('sources.cancel')}
        </Button>
      </Group>
      {dialog}
    </form>
  );
}
