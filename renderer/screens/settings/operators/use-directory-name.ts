import { directories as kinds } from '../../../../shared/api/tiers.ts';
import { useTexts } from '../../../texts/use-texts.ts';

/** An external directory that an administrator has configured. */
export interface ConfiguredDirectory {
  readonly id: string;
  readonly name: string;
}

/** How a scope's directory is called: a kind, or a configured directory by its name. */
export function useDirectoryName(directories: readonly ConfiguredDirectory[]): (value: string) => string {
  const t = useTexts();
  return (value) => {
    const kind = kinds.find((known) => known === value);
    if (kind !== undefined) return t(`operators.form.directoryNames.${kind}`);
    return directories.find(({ id }) => id === value)?.name ?? t('operators.form.directoryRemoved');
  };
}
