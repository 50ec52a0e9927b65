import type { ReactNode } from 'react';
import { useWords } from '../texts/use-words.ts';
import './gate.css';

/** A page before the desk: the product's name, one title, one thing to do. */
export function Gate({
  title,
  wide = false,
  children,
}: {
  readonly title: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  const words = useWords();
  return (
    <main className="gate" data-wide={wide}>
      <div>
        <div className="gate-brand">
          <span className="brand-mark" aria-hidden>
            R
          </span>
          {words('app.product')}
        </div>
        <h1>{title}</h1>
        <div className="gate-body">{children}</div>
      </div>
    </main>
  );
}
