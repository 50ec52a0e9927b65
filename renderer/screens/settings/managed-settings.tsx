import { Text } from '@mantine/core';
import {
  managedNames,
  type ManagedName,
  type ManagedState,
} from '../../../shared/managed/managed-settings.ts';
import { SettingsSection } from '../../parts/forms/settings-section.tsx';
import { ManagedNote } from '../../parts/managed/managed-note.tsx';
import { ManagedProblems } from '../../parts/managed/managed-problems.tsx';
import { useManaged } from '../../parts/managed/use-managed.ts';
import { spellings } from '../../texts/spelling/spelling.ts';
import { useTexts, type Translate } from '../../texts/use-texts.ts';

/** Whether there is anything to say about managed settings. */
export const isAnythingManaged = ({ places, problems }: ManagedState): boolean =>
  places.length + problems.length > 0;

function valueText(t: Translate, name: ManagedName, value: string | number | boolean): string {
  if (typeof value === 'boolean') return t(value ? 'managed.on' : 'managed.off');
  if (name === 'IdleLockSeconds') return t('managed.seconds', { seconds: value });
  if (name === 'SpellingLanguage') return spellings[value as keyof typeof spellings].name;
  return name === 'ServerUrl' || name === 'UpdateFeedUrl'
    ? String(value)
    : t(`managed.values.${name}.${value}`);
}

/** Each setting that the organisation manages with its value, where the values come from, and what was ignored. */
export function ManagedSection() {
  const t = useTexts();
  const managed = useManaged();
  const names = managedNames.filter((name) => managed.values[name] !== undefined);
  return (
    <SettingsSection title={t('managed.title')} name="managed">
      <ManagedNote />
      <ManagedProblems managed={managed} />
      <dl className="facts">
        {names.map((name) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{t(`managed.names.${name}`)}</dt>
            <dd data-testid={`managed-${name}`}>{valueText(t, name, managed.values[name] ?? '')}</dd>
          </div>
        ))}
      </dl>
      {managed.places.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('managed.places', { places: managed.places.join(', ') })}
        </Text>
      )}
    </SettingsSection>
  );
}
