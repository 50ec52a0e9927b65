const two = (count: number): string => String(count).padStart(2, '0');

/** Seconds in words; the last hour by the second. */
export function formatRemaining(seconds: number): string {
  if (seconds <= 0) return 'but that is over now: ask for a new one';
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return hours > 0
    ? `for another ${hours} h ${two(minutes)} min`
    : `for another ${minutes}:${two(seconds % 60)}`;
}

/** Lets remaining times run. They are counted from when the page came, so a wrong clock does no harm. */
export function countDown(): void {
  const places = [...document.querySelectorAll<HTMLElement>('[data-seconds]')];
  if (places.length === 0) return;
  const start = performance.now();
  const tick = () => {
    const passed = Math.floor((performance.now() - start) / 1000);
    for (const place of places) {
      place.textContent = formatRemaining(Number(place.dataset['seconds']) - passed);
    }
  };
  tick();
  setInterval(tick, 1000);
}
