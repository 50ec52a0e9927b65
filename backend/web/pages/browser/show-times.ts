const twoDigits = (count: number): string => String(count).padStart(2, '0');

/** The time left, to the second in the last hour. */
export function formatRemaining(seconds: number): string {
  if (seconds <= 0) return 'expired; request a new one';
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return hours > 0
    ? `${hours} h ${twoDigits(minutes)} min left`
    : `${minutes}:${twoDigits(seconds % 60)} left`;
}

/** Counts remaining times down. They count from when the page was loaded, so a wrong clock does not matter. */
export function countDown(): void {
  const elements = [...document.querySelectorAll<HTMLElement>('[data-seconds]')];
  if (elements.length === 0) return;
  const start = performance.now();
  const tick = () => {
    const passed = Math.floor((performance.now() - start) / 1000);
    for (const element of elements) {
      element.textContent = formatRemaining(Number(element.dataset['seconds']) - passed);
    }
  };
  tick();
  setInterval(tick, 1000);
}

/** Replaces UTC by the reader's local time; the UTC time stays as the tooltip. */
export function showLocalTimes(): void {
  const today = new Date().toDateString();
  for (const element of document.querySelectorAll('time')) {
    const at = new Date(element.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    element.title = element.textContent ?? '';
    element.textContent =
      at.toDateString() === today && element.dataset['dated'] === undefined
        ? at.toLocaleTimeString([], { timeStyle: 'short' })
        : at.toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
  }
}
