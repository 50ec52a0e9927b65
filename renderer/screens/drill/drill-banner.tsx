import { IconSchool } from '@tabler/icons-react';
import { useTexts } from '../../texts/use-texts.ts';
import './drill.css';

/** Says that everything here is invented, in place of the desk's search box. */
export function DrillBanner() {
  const t = useTexts();
  return (
    <div className="drill-banner" data-testid="drill-banner" role="status">
      <IconSchool size={18} stroke={1.8} aria-hidden />
      <span>{t('drill.banner')}</span>
    </div>
  );
}
