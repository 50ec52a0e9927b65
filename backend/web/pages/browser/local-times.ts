/** Instants in the reader's own time, where the page had to write UTC. */
export function showLocalTimes(): void {
  const today = new Date().toDateString();
  for (const place of document.querySelectorAll('time')) {
    const at = new Date(place.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    place.title = place.textContent ?? '';
    place.textContent =
      at.toDateString() === today
        ? at.toLocaleTimeString([], { timeStyle: 'short' })
        : at.toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
  }
}
