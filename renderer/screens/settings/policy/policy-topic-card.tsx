import type { PolicyView } from '../../../../shared/api/policy-calls.ts';
import { policyRules } from '../../../../shared/api/policy-rules.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { SettingsSection } from '../../../parts/forms/settings-section.tsx';
import { LogoBesideContact } from '../logo-settings.tsx';
import { DemandFields } from './demand-fields.tsx';
import type { PolicyEditor } from './policy-editor.ts';
import { sectionsOf, type PolicyTopic } from './policy-topics.ts';
import { RuleField } from './rule-field.tsx';
import { VerificationFields } from './verification-fields.tsx';

interface PolicyTopicCardProps {
  readonly topic: PolicyTopic;
  readonly editor: PolicyEditor;
  readonly breachedList: PolicyView['breachedList'];
}

/** The rules that have tables and lists of their own. */
const shownSeparately =
  /^(?:checksOff|weakChecks|points\.|bars\.|unlockBars\.|factors\.|passwords\.(?:demands|directories)\.)/;

/** One topic of the policy, with every rule of its sections. */
export function PolicyTopicCard({ topic, editor, breachedList }: PolicyTopicCardProps) {
  const t = useTexts();
  const sections: readonly string[] = sectionsOf(topic);
  const rules = policyRules.filter(
    ({ path }) => sections.includes(path.split('.')[0] ?? '') && !shownSeparately.test(path),
  );
  const hintOf = (path: string) =>
    path === 'passwords.breached.refuse' ? { hint: t(`policy.hints.${path}.${breachedList}`) } : {};
  return (
    <SettingsSection title={t(`policy.topics.${topic}`)} name={`policy-${topic}`}>
      <div className="policy-rules">
        {rules.map((rule) => (
          <RuleField key={rule.path} rule={rule} editor={editor} {...hintOf(rule.path)} />
        ))}
      </div>
      {topic === 'verification' && <VerificationFields editor={editor} />}
      {topic === 'notifications' && <LogoBesideContact />}
      {topic === 'passwords' && <DemandFields editor={editor} />}
    </SettingsSection>
  );
}
