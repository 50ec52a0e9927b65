import { useState } from 'react';
import { Button, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { AccountHit } from '../../../shared/api/account.ts';
import type { Audience } from '../../../shared/api/required-reset.ts';
import { pressedKey } from '../../parts/keys/pressed-key.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useAccountSearch } from '../../parts/search/use-account-search.ts';
import { useTexts } from '../../texts/use-texts.ts';

/** Searches accounts as the operator types, and adds them one by one. Enter adds the first result. */
export function PickAccounts({ onChange }: { readonly onChange: (audience: Audience | null) => void }) {
  const t = useTexts();
  const [text, setText] = useState('');
  const [picked, setPicked] = useState<readonly AccountHit[]>([]);
  const { found, failure } = useAccountSearch(text);
  const hits = (found?.hits ?? [])
    .filter(({ id }) => picked.every((account) => account.id !== id))
    .slice(0, 6);
  const choose = (next: readonly AccountHit[]) => {
    setPicked(next);
    onChange(next.length === 0 ? null : { kind: 'accounts', accountIds: next.map(({ id }) => id) });
  };
  const add = (hit: AccountHit | undefined) => {
    if (hit === undefined) return;
    choose([...picked, hit]);
    setText('');
  };
  return (
    <div>
      <TextInput
        data-autofocus
        data-testid="required-resets-pick"
        label={t('requiredResets.form.pick')}
        value={text}
        spellCheck={false}
        autoComplete="off"
        maxLength={200}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (pressedKey(event) !== 'Enter') return;
          event.preventDefault();
          add(hits[0]);
        }}
      />
      <FailureLine read={failure} />
      {hits.length > 0 && (
        <ul className="required-hits">
          {hits.map((hit) => (
            <li key={hit.id}>
              <Button
                variant="subtle"
                color="gray"
                size="compact-sm"
                data-testid="required-resets-hit"
                aria-label={t('requiredResets.form.add', { name: hit.displayName })}
                leftSection={<IconPlus size={14} aria-hidden />}
                onClick={() => add(hit)}
              >
                <bdi>{hit.displayName}</bdi>&nbsp;
                <Text span size="sm" c="dimmed">
                  <bdi>{hit.userName}</bdi>
                  {hit.department === null ? '' : ` · ${hit.department}`}
                </Text>
              </Button>
            </li>
          ))}
        </ul>
      )}
      {picked.length > 0 && (
        <ul className="required-picked" aria-label={t('requiredResets.form.picked')}>
          {picked.map((hit) => (
            <li key={hit.id}>
              <Button
                variant="default"
                size="compact-sm"
                aria-label={t('requiredResets.form.remove', { name: hit.displayName })}
                rightSection={<IconX size={14} aria-hidden />}
                onClick={() => choose(picked.filter(({ id }) => id !== hit.id))}
              >
                <bdi>{hit.displayName}</bdi>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
