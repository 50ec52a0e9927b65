/** A page of the settings or a part of one, as the list of pages shows it. */
export interface SettingsEntry {
  /** The element that holds the page, or the part of it. */
  readonly id: string;
  readonly title: string;
  /** The labels of its fields and buttons. */
  readonly labels: readonly string[];
}

export interface SettingsPageEntry extends SettingsEntry {
  /** The parts of a long page, which are listed while it is open. */
  readonly subsections: readonly SettingsEntry[];
}

/** A page, or a part of one, on which everything typed occurs. */
export interface FoundPlace {
  readonly page: SettingsPageEntry;
  /** The part of the page, or the page itself. */
  readonly id: string;
  readonly title: string;
  /** The labels on it that have a typed word. */
  readonly labels: readonly string[];
}

/** A place lists as many labels as this; other words narrow them down. */
const shownLabels = 6;

/** Finds the pages and parts on which each typed word occurs: in the title, or in the title and one label together. Every place, if nothing is typed. */
export function findSettings(pages: readonly SettingsPageEntry[], typed: string): readonly FoundPlace[] {
  const words = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const isIn = (text: string) => {
    const folded = text.toLocaleLowerCase();
    return words.every((word) => folded.includes(word));
  };
  return pages.flatMap((page) =>
    [page, ...page.subsections].flatMap(({ id, title, labels }) => {
      const matching = labels.filter(
        (label) =>
          isIn(`${title} ${label}`) && words.some((word) => label.toLocaleLowerCase().includes(word)),
      );
      if (!isIn(title) && matching.length === 0) return [];
      return [{ page, id, title, labels: matching.slice(0, shownLabels) }];
    }),
  );
}
