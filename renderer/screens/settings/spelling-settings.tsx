import { NativeSelect, Text } from '@mantine/core';
import { spellPassword } from '../../parts/spelling/spell-password.ts';
import { useSpelling } from '../../parts/spelling/use-spelling.ts';
import { spellings } from '../../texts/spelling/spelling.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { SettingsSection } from '../../parts/forms/settings-section.tsx';

/** Shows capitals, digits and signs at once; no password of anybody's. */
const example = 'Kx7-m';

/** In which language passwords are spelled to callers, whatever the console's own is. */
export function SpellingSection() {
  const t = useTexts();
  const { spelling, choose } = useSpelling();
  return (
    <SettingsSection title={t('settings.spelling.title')}>
      <NativeSelect
        label={t('settings.spelling.label')}
        description={t('settings.spelling.hint')}
        value={spelling.language}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
        data={Object.entries(spellings).map(([value, { name }]) => ({ value, label: name }))}
      />
      <Text size="sm" c="dimmed">
        {t('settings.spelling.example', { password: example })}{' '}
        <bdi lang={spelling.language}>{spellPassword(example, 'groups', spelling)}</bdi>
      </Text>
    </SettingsSection>
  );
}
