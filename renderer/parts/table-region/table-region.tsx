import type { ReactNode } from 'react';
import './table-region.css';

interface TableRegionProps {
  /** What screen readers call the region. */
  readonly label: string;
  readonly testId?: string;
  /** Adds a class of the screen, such as a largest height. */
  readonly className?: string;
  readonly children: ReactNode;
}

/** A frame in which a table scrolls, also by keyboard. */
export const TableRegion = ({ label, testId, className, children }: TableRegionProps) => (
  <div
    className={className === undefined ? 'table-region' : `table-region ${className}`}
    data-testid={testId}
    tabIndex={0}
    role="region"
    aria-label={label}
  >
    {children}
  </div>
);
