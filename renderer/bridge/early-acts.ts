let repeat: (() => void) | null = null;

const keep = (event: Event) => {
  const { target } = event;
  if (event.type === 'submit' && target instanceof HTMLFormElement) {
    event.preventDefault();
    repeat = () => target.requestSubmit();
  } else if (target instanceof Element) {
    const button = target.closest<HTMLButtonElement>('button[type=button]');
    if (button !== null) repeat = () => button.click();
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
