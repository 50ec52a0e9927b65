import type { KeyboardEvent, Ref } from 'react';
import { Kbd, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { withoutPastedPassword } from '../../../shared/typed/identifier.ts';
import { useTexts } from '../../texts/use-texts.ts';

interface SearchFieldProps {
  readonly ref: Ref<HTMLInputElement> | undefined;
  readonly large: boolean;
  /** The element ID of the list of results; an option's is this and its index. */
  readonly list: string;
  readonly text: string;
  /** The index of the selected result; null while there are none. */
  readonly active: number | null;
  readonly onText: (text: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** The field of the search, a combobox whose options are the results. */
export function SearchField({ ref, large, list, text, active, onText, onKeyDown }: SearchFieldProps) {
  const t = useTexts();
  return (
    <TextInput
      ref={ref}
      size={large ? 'lg' : 'sm'}
      data-testid="search-field"
      aria-label={t('search.label')}
      placeholder={t('search.placeholder')}
      leftSection={<IconSearch size={large ? 20 : 16} aria-hidden />}
      rightSection={text === '' ? <Kbd aria-hidden>Ctrl K</Kbd> : null}
      rightSectionWidth={72}
      rightSectionPointerEvents="none"
      autoFocus={large}
      spellCheck={false}
      autoComplete="off"
      maxLength={200}
      role="combobox"
      aria-expanded={active !== null}
      aria-controls={list}
      aria-activedescendant={active === null ? undefined : `${list}-${active}`}
      aria-autocomplete="list"
      value={text}
      onChange={(event) => {
        const { value } = event.currentTarget;
        const { inputType } = event.nativeEvent as InputEvent;
        // The pasted text after an address may be its password, so it does not stay on the screen.
        onText(inputType === 'insertFromPaste' ? withoutPastedPassword(value) : value);
      }}
      onKeyDown={onKeyDown}
    />
  );
}
