/** The last midnight in this computer's time zone, ISO 8601. */
export function startOfDay(): string {
  const day = new Date();
  day.setHours(0, 0, 0, 0);
  return day.toISOString();
}
