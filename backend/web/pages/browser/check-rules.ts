import type { Owner } from '../../../../shared/password-policy/owner.ts';
import { rulesOf, type PasswordPolicy } from '../../../../shared/password-policy/policy.ts';
import { brokenWithoutLists } from '../../../../shared/password-policy/rules-without-lists.ts';

/** Rules that only the backend can check: they need word lists or the password history. */
const backendRules: ReadonlySet<string> = new Set([
  'common-password',
  'common-word',
  'blocked-word',
  'used-before',
]);

/** Milliseconds without a key press before screen readers hear the result. */
const pauseMs = 800;

const newHint = (after: Element): HTMLElement => {
  const hint = document.createElement('p');
  hint.className = 'hint';
  hint.setAttribute('role', 'status');
  after.after(hint);
  return hint;
};

/** While the user types a new password, marks each rule as met or not, and shows whether both passwords match. */
export function checkRules(): void {
  const list = document.querySelector<HTMLElement>('#rules[data-policy]');
  const password = document.querySelector<HTMLInputElement>('#password');
  const repeated = document.querySelector<HTMLInputElement>('#repeated');
  if (!list || !password || !repeated) return;
  const policy = JSON.parse(list.dataset['policy'] ?? '{}') as PasswordPolicy;
  const owner = JSON.parse(list.dataset['owner'] ?? '{}') as Owner;
  const checkable = rulesOf(policy).filter((rule) => !backendRules.has(rule));

  const summary = document.createElement('p');
  summary.className = 'unseen';
  summary.setAttribute('role', 'status');
  list.after(summary);
  const match = newHint(repeated.closest('.secret') ?? repeated);
  let timer: number | undefined;

  const check = () => {
    const text = password.value.normalize('NFC');
    const broken: ReadonlySet<string> = brokenWithoutLists(text, policy, owner);
    for (const line of list.querySelectorAll<HTMLElement>('[data-rule]')) {
      const rule = line.dataset['rule'] ?? '';
      const checked = text !== '' && !backendRules.has(rule);
      line.classList.toggle('kept', checked && !broken.has(rule));
      line.classList.toggle('broken', checked && broken.has(rule));
    }
    const unmet = checkable.filter((rule) => broken.has(rule)).length;
    clearTimeout(timer);
    timer = setTimeout(() => {
      summary.textContent =
        text === ''
          ? ''
          : unmet === 0
            ? 'All rules that can be checked here are met.'
            : `${unmet} of ${checkable.length} rules are not met yet.`;
    }, pauseMs);
    compare();
  };
  const compare = () => {
    match.textContent =
      repeated.value === ''
        ? ''
        : repeated.value === password.value
          ? 'The passwords match.'
          : 'The two passwords do not match.';
  };
  password.addEventListener('input', check);
  repeated.addEventListener('input', compare);
  if (password.value !== '') check();
}
