import { useId, type ReactNode } from 'react';

/** A titled block of the settings page. */
export function SettingsSection({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section className="step" aria-labelledby={id}>
      <div className="step-head">
        <h2 id={id}>{title}</h2>
      </div>
      <div className="step-body">{children}</div>
    </section>
  );
}
