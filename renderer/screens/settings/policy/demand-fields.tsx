import { policyFor, type PasswordPolicy } from '../../../../shared/password-policy/policy.ts';
import { policyRules, type PolicyRule } from '../../../../shared/api/policy-rules.ts';
import { directories } from '../../../../shared/api/tiers.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import type { PolicyEditor } from './policy-editor.ts';
import { RuleField } from './rule-field.tsx';
import { valueAt } from './rule-path.ts';

/** The requirements for new passwords beyond the preset: for every account, and for the accounts of each directory. */
export function DemandFields({ editor }: { readonly editor: PolicyEditor }) {
  const t = useTexts();
  const { preset, history, breached, demands } = editor.document.passwords;
  return (
    <>
      <h3>{t('policy.demands.title')}</h3>
      <DemandList
        title={t('policy.demands.everywhere')}
        under="passwords.demands"
        asked={policyFor({ preset, history, breached })}
        editor={editor}
      />
      {directories.map((directory) => (
        <DemandList
          key={directory}
          title={t('policy.demands.of', { directory: t(`case.directories.${directory}`) })}
          under={`passwords.directories.${directory}`}
          asked={policyFor({ preset, history, breached, demands })}
          editor={editor}
        />
      ))}
    </>
  );
}

interface DemandListProps {
  readonly title: string;
  /** The path of its rules in the policy. */
  readonly under: string;
  /** The requirements that apply without this list. */
  readonly asked: PasswordPolicy;
  readonly editor: PolicyEditor;
}

function DemandList({ title, under, asked, editor }: DemandListProps) {
  const t = useTexts();
  const rules = policyRules.filter(({ path }) => path.startsWith(`${under}.`));
  const count = rules.filter(({ path }) => valueAt(editor.document, path) !== undefined).length;
  const faulty = rules.some(({ path }) => editor.faults.has(path));
  const nameOf = ({ path }: PolicyRule) => path.slice(under.length + 1);
  const alreadyAsked = (rule: PolicyRule) => {
    const already = asked[nameOf(rule) as keyof PasswordPolicy];
    if (already === true) return t('policy.demands.asked');
    const least = nameOf(rule) === 'shortest' ? 1 : 0;
    return typeof already === 'number' && already > least
      ? t('policy.demands.askedCount', { count: already })
      : '';
  };
  return (
    <details className="policy-demands" open={faulty || undefined}>
      <summary data-testid={`settings-policy-${under}`}>
        {title} <span>{t('policy.demands.count', { count })}</span>
      </summary>
      <div className="policy-rules">
        {rules.map((rule) => (
          <RuleField
            key={rule.path}
            rule={rule}
            editor={editor}
            label={t(`policy.fields.passwords.demands.${nameOf(rule)}`)}
            hint={alreadyAsked(rule)}
          />
        ))}
      </div>
    </details>
  );
}
