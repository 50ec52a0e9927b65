import type { Owner } from '../../../../shared/password-policy/owner.ts';
import { rulesOf, type PasswordPolicy } from '../../../../shared/password-policy/policy.ts';
import { brokenWithoutLists } from '../../../../shared/password-policy/rules-without-lists.ts';

/** What only the backend can judge: its lists of words, and the passwords before. */
const unseen: ReadonlySet<string> = new Set([
  'common-password',
  'common-word',
  'blocked-word',
  'used-before',
]);

/** Milliseconds without a key before a screen reader is told. */
const pause = 800;

const newHint = (after: Element): HTMLElement => {
  const hint = document.createElement('p');
  hint.className = 'hint';
  hint.setAttribute('role', 'status');
  after.after(hint);
  return hint;
};

/** Says of each rule whether it is kept, while the new password is being typed, and whether both entries are the same. */
export function checkRules(): void {
  const list = document.querySelector<HTMLElement>('#rules[data-policy]');
  const password = document.querySelector<HTMLInputElement>('#password');
  const repeated = document.querySelector<HTMLInputElement>('#repeated');
  if (!list || !password || !repeated) return;
  const policy = JSON.parse(list.dataset['policy'] ?? '{}') as PasswordPolicy;
  const owner = JSON.parse(list.dataset['owner'] ?? '{}') as Owner;
  const seen = rulesOf(policy).filter((rule) => !unseen.has(rule));

  const summary = document.createElement('p');
  summary.className = 'unseen';
  summary.setAttribute('role', 'status');
  list.after(summary);
  const same = newHint(repeated.closest('.secret') ?? repeated);
  let timer: number | undefined;

  const judge = () => {
    const text = password.value.normalize('NFC');
    const broken: ReadonlySet<string> = brokenWithoutLists(text, policy, owner);
    for (const line of list.querySelectorAll<HTMLElement>('[data-rule]')) {
      const rule = line.dataset['rule'] ?? '';
      const judged = text !== '' && !unseen.has(rule);
      line.classList.toggle('kept', judged && !broken.has(rule));
      line.classList.toggle('broken', judged && broken.has(rule));
    }
    const open = seen.filter((rule) => broken.has(rule)).length;
    clearTimeout(timer);
    timer = setTimeout(() => {
      summary.textContent =
        text === ''
          ? ''
          : open === 0
            ? 'Every rule that can be checked here is kept.'
            : `${open} of ${seen.length} rules are not kept yet.`;
    }, pause);
    compare();
  };
  const compare = () => {
    same.textContent =
      repeated.value === '' ? '' : repeated.value === password.value ? 'Both are the same.' : 'They differ.';
  };
  password.addEventListener('input', judge);
  repeated.addEventListener('input', compare);
  if (password.value !== '') judge();
}
