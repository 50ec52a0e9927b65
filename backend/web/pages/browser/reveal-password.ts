/** Adds a button to each password field that reveals its value, and a warning while Caps Lock is on. */
export function addRevealButtons(): void {
  for (const field of document.querySelectorAll<HTMLElement>('.secret')) {
    const input = field.querySelector('input');
    if (!input) continue;
    const name = field.previousElementSibling?.textContent?.trim() ?? '';
    const button = document.createElement('button');
    button.type = 'button';
    button.setAttribute('aria-controls', input.id);
    const update = () => {
      const shown = input.type === 'text';
      button.textContent = shown ? 'Hide' : 'Show';
      button.setAttribute('aria-label', `${shown ? 'Hide' : 'Show'} ${name}`);
    };
    button.addEventListener('click', () => {
      input.type = input.type === 'text' ? 'password' : 'text';
      update();
    });
    // Hidden again before sending: browsers remember the values of text fields and suggest them in other forms.
    input.form?.addEventListener('submit', () => {
      input.type = 'password';
    });
    update();
    field.append(button);
    warnOfCapsLock(field, input);
  }
}

function warnOfCapsLock(field: HTMLElement, input: HTMLInputElement): void {
  const hint = document.createElement('p');
  hint.className = 'hint';
  hint.setAttribute('role', 'status');
  field.after(hint);
  const check = (event: KeyboardEvent) => {
    hint.textContent = event.getModifierState('CapsLock') ? 'Caps Lock is on.' : '';
  };
  input.addEventListener('keydown', check);
  input.addEventListener('keyup', check);
  input.addEventListener('blur', () => {
    hint.textContent = '';
  });
}
