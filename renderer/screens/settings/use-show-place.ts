import { useEffect, useState } from 'react';

/** A place on a page of the settings. */
export interface ShownPlace {
  /** The element of the page, or of a part of it. */
  readonly id: string;
  /** The label of a field or the text of a button on it. */
  readonly label?: string | undefined;
}

/** The field or button with this text below `element`, if it is shown there. */
function labelled(element: Element, text: string): HTMLElement | null {
  const named = [...element.querySelectorAll<HTMLElement>('label, button, legend, h3')].find((candidate) =>
    candidate.textContent.startsWith(text),
  );
  if (named instanceof HTMLLabelElement) return document.getElementById(named.htmlFor) ?? named;
  return named ?? null;
}

/** Scrolls to the place and focuses it. Answers whether it was there. */
function show({ id, label }: ShownPlace, isPage: boolean): boolean {
  const element = document.getElementById(id);
  if (element === null) return false;
  element.closest('.content')?.scrollTo({ top: 0 });
  const isLoading = element.querySelector('[role="progressbar"]') !== null;
  const field = label === undefined ? null : labelled(element, label);
  if (field !== null) {
    field.scrollIntoView({ block: 'center' });
    field.focus({ preventScroll: true });
    // A field that is disabled takes no focus.
    if (document.activeElement !== field) element.focus({ preventScroll: true });
    return true;
  }
  if (!isPage) element.scrollIntoView({ block: 'start' });
  element.focus({ preventScroll: true });
  return label === undefined || !isLoading;
}

/** Shows a place as soon as its page has been read from the server. `current` is the id of the open page. */
export function useShowPlace(current: string): (place: ShownPlace) => void {
  const [place, setPlace] = useState<ShownPlace | null>(null);
  useEffect(() => {
    if (place === null) return;
    const settle = () => {
      if (!show(place, place.id === current)) return false;
      setPlace(null);
      return true;
    };
    if (settle()) return;
    const observer = new MutationObserver(() => {
      if (settle()) observer.disconnect();
    });
    observer.observe(document.body, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [current, place]);
  return setPlace;
}
