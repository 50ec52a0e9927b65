let repeat: (() => void) | null = null;

const keep = (event: Event) => {
  const { target } = event;
  if (event.type === 'submit' && target instanceof HTMLFormElement) {
    event.preventDefault();
    event.stopPropagation();
    repeat = () => target.requestSubmit();
  } else if (target instanceof Element) {
    const button = target.closest<HTMLButtonElement>('button[type=button]');
    if (button === null) return;
    // The screen may have its code already; the act would then happen twice.
    event.stopPropagation();
    repeat = () => button.click();
  }
};

/** Keeps the last button that is pressed, or form that is sent, while the rendered screen has no code yet. */
export function keepEarlyActs(): void {
  for (const type of ['submit', 'click']) document.addEventListener(type, keep, true);
}

/** Repeats what was kept, now that the screen has its code. */
export function repeatEarlyActs(): void {
  for (const type of ['submit', 'click']) document.removeEventListener(type, keep, true);
  repeat?.();
  repeat = null;
}
