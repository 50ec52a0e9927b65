import { IconSchool } from '@tabler/icons-react';
import { useWords } from '../../texts/use-texts.ts';
import './drill.css';

/** Says all the time that nothing here is real, where the real desk has its search box. */
export function DrillBanner() {
  const words = useWords();
  return (
    <div className="drill-banner" role="status">
      <IconSchool size={18} stroke={1.8} aria-hidden />
      <span>{words('drill.banner')}</span>
    </div>
  );
}
