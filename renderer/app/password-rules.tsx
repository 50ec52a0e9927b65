import { IconCheck, IconCircle } from '@tabler/icons-react';
import { defaultPolicy } from '../../shared/api/policy.ts';
import {
  checkPassword,
  passwordRules,
  type Owner,
  type PasswordRule,
} from '../../shared/password-policy/check-password.ts';
import { useWords } from '../texts/use-words.ts';

const { preset } = defaultPolicy.passwords;

/** Rules that an empty password does not keep by having nothing in it. */
const broken = (password: string, owner: Owner): readonly PasswordRule[] =>
  password === '' ? passwordRules : checkPassword(password, { preset }, owner).broken;

/** Whether the password may be sent; the backend decides. */
export const keepsAllRules = (password: string, owner: Owner): boolean =>
  broken(password, owner).length === 0;

/** The rules with a tick at each that the typed password keeps. */
export function PasswordRules({ password, owner }: { readonly password: string; readonly owner: Owner }) {
  const words = useWords();
  const open = new Set(broken(password, owner));
  return (
    <div>
      <span className="quiet">{words('app.setUp.rules')}</span>
      <ul className="rules" aria-label={words('app.setUp.rules')}>
        {passwordRules.map((rule) => (
          <li key={rule} data-kept={!open.has(rule)}>
            {open.has(rule) ? <IconCircle size={14} aria-hidden /> : <IconCheck size={14} aria-hidden />}
            <span>
              {words(`app.setUp.rule.${rule}`, { count: 8 })}
              <span className="visually-hidden">
                , {words(open.has(rule) ? 'app.setUp.open' : 'app.setUp.kept')}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
