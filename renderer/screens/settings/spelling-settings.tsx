import { NativeSelect, Text } from '@mantine/core';
import { spellPassword } from '../../parts/spelling/spell-password.ts';
import { useSpelling } from '../../parts/spelling/use-spelling.ts';
import { spellings } from '../../texts/spelling/spelling.ts';
import { ManagedNote } from '../../parts/managed/managed-note.tsx';
import { useManaged } from '../../parts/managed/use-managed.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { SettingsSection } from '../../parts/forms/settings-section.tsx';

/** Has a capital, a digit and a symbol. Not a real password. */
const example = 'Kx7-m';

/** The language in which passwords are spelled to callers, independent of the console's language. */
export function SpellingSection() {
  const t = useTexts();
  const { spelling, choose } = useSpelling();
  const isManaged = useManaged().values.SpellingLanguage !== undefined;
  return (
    <SettingsSection title={t('settings.spelling.title')} name="spelling">
      <NativeSelect
        label={t('settings.spelling.label')}
        description={t('settings.spelling.hint')}
        data-testid="settings-spelling-language"
        disabled={isManaged}
        value={spelling.language}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
        data={Object.entries(spellings).map(([value, { name }]) => ({ value, label: name }))}
      />
      {isManaged && <ManagedNote />}
      <Text size="sm" c="dimmed">
        {t('settings.spelling.example', { password: example })}{' '}
        <bdi lang={spelling.language}>{spellPassword(example, spelling)}</bdi>
      </Text>
    </SettingsSection>
  );
}
