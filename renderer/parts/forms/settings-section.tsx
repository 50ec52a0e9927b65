import { useId, type ReactNode } from 'react';

interface SettingsSectionProps {
  readonly title: string;
  /** Names the section in its `data-testid`, `settings-<name>`. */
  readonly name: string;
  readonly children: ReactNode;
}

/** A titled section of the settings. */
export function SettingsSection({ title, name, children }: SettingsSectionProps) {
  const id = useId();
  return (
    <section className="step" aria-labelledby={id} data-testid={`settings-${name}`}>
      <div className="step-head">
        <h2 id={id}>{title}</h2>
      </div>
      <div className="step-body">{children}</div>
    </section>
  );
}
