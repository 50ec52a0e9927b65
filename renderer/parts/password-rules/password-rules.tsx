import { Text } from '@mantine/core';
import type { PasswordVerdict } from '../../../shared/password-policy/check-password.ts';
import type { PasswordPolicy } from '../../../shared/password-policy/policy.ts';
import { describePolicy, explainFault } from '../../../shared/password-policy/texts/explain.ts';
import './password-rules.css';

interface PasswordRulesProps {
  /** The element ID, for the field's `aria-describedby`. */
  readonly id: string;
  readonly policy: PasswordPolicy;
  readonly verdict: PasswordVerdict | null;
  readonly empty: boolean;
  /** Whether the form was submitted: the rules that are not met are then also shown as sentences. */
  readonly tried: boolean;
}

/** The rules for a new password, ticked off as the user types. The rule texts come from the shared password policy. */
export function PasswordRules({ id, policy, verdict, empty, tried }: PasswordRulesProps) {
  return (
    <>
      <ul className="rules" id={id}>
        {describePolicy(policy).map(({ rule, words }) => {
          const kept = !empty && verdict !== null && !verdict.broken.includes(rule);
          return (
            <li key={rule} data-kept={kept}>
              <span aria-hidden>{kept ? '✓ ' : '· '}</span>
              <span>{words}</span>
            </li>
          );
        })}
      </ul>
      {tried && verdict !== null && !verdict.ok && (
        <Text role="alert" size="sm" className="refused-text">
          {verdict.broken.map((rule) => explainFault(rule, policy)).join(' ')}
        </Text>
      )}
    </>
  );
}
