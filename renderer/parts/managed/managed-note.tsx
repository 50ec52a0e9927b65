import { Text } from '@mantine/core';
import { IconBuilding } from '@tabler/icons-react';
import { useTexts } from '../../texts/use-texts.ts';
import './managed.css';

/** Says why a control cannot be changed: the organisation manages it. */
export function ManagedNote() {
  const t = useTexts();
  return (
    <Text size="sm" c="dimmed" className="managed-note" data-testid="managed-note">
      <IconBuilding size={16} aria-hidden />
      {t('managed.note')}
    </Text>
  );
}
