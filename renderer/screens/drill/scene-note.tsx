import { IconAlertTriangle } from '@tabler/icons-react';
import type { DrillScene } from '../../../shared/api/drill.ts';
import { useTexts } from '../../texts/use-texts.ts';

/** Says that the alert is raised in this drill, as the banner does on the real desk. */
export function SceneNote({ scene }: { readonly scene: DrillScene }) {
  const t = useTexts();
  if (scene === 'calm') return null;
  return (
    <div className="alert-banner" data-testid="drill-scene" role="status">
      <IconAlertTriangle size={18} stroke={1.8} aria-hidden />
      <span>{t('drill.alert')}</span>
    </div>
  );
}
