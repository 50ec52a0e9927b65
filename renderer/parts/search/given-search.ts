/** What a link of another program fills in. */
export interface GivenSearch {
  readonly text: string;
  /** Goes into the case that the operator opens. */
  readonly ticket: string | null;
  /** Different for each link, also for the same one again. */
  readonly key: number;
}
