/** Gives every field for a secret a button that shows what is typed, and says so when Caps Lock is on. */
export function addRevealButtons(): void {
  for (const field of document.querySelectorAll<HTMLElement>('.secret')) {
    const input = field.querySelector('input');
    if (!input) continue;
    const name = field.previousElementSibling?.textContent?.trim() ?? '';
    const button = document.createElement('button');
    button.type = 'button';
    button.setAttribute('aria-controls', input.id);
    const say = () => {
      const shown = input.type === 'text';
      button.textContent = shown ? 'Hide' : 'Show';
      button.setAttribute('aria-label', `${shown ? 'Hide' : 'Show'} ${name}`);
    };
    button.addEventListener('click', () => {
      input.type = input.type === 'text' ? 'password' : 'text';
      say();
    });
    // What is sent is a password again, or the browser would offer it to the next form as plain text.
    input.form?.addEventListener('submit', () => {
      input.type = 'password';
    });
    say();
    field.append(button);
    warnOfCapsLock(field, input);
  }
}

function warnOfCapsLock(field: HTMLElement, input: HTMLInputElement): void {
  const hint = document.createElement('p');
  hint.className = 'hint';
  hint.setAttribute('role', 'status');
  field.after(hint);
  const look = (event: KeyboardEvent) => {
    hint.textContent = event.getModifierState('CapsLock') ? 'Caps Lock is on.' : '';
  };
  input.addEventListener('keydown', look);
  input.addEventListener('keyup', look);
  input.addEventListener('blur', () => {
    hint.textContent = '';
  });
}
