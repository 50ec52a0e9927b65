let repeat: (() => void) | null = null;

/** The events by which an operator presses a button or sends a form. Some buttons act when the mouse button goes down. */
const kinds = ['submit', 'mousedown', 'click'] as const;

function press(button: HTMLButtonElement, isWhole: boolean): void {
  button.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true }));
  if (isWhole) button.click();
}

const keep = (event: Event) => {
  const { target, type } = event;
  if (type === 'submit' && target instanceof HTMLFormElement) {
    event.preventDefault();
    event.stopPropagation();
    repeat = () => target.requestSubmit();
  } else if (target instanceof Element) {
    const button = target.closest<HTMLButtonElement>('button[type=button]');
    if (button === null) return;
    // The screen may have its code already; the act would then happen twice.
    event.stopPropagation();
    repeat = () => press(button, type === 'click');
  }
};

/** Keeps the last button that is pressed, or form that is sent, while the rendered screen has no code yet. */
export function keepEarlyActs(): void {
  for (const kind of kinds) document.addEventListener(kind, keep, true);
}

/** Repeats what was kept, now that the screen has its code. */
export function repeatEarlyActs(): void {
  for (const kind of kinds) document.removeEventListener(kind, keep, true);
  repeat?.();
  repeat = null;
}
