/** The family of all texts of the page. */
const family = 'Inter Variable';

/**
 * Loads the fonts of other alphabets, one whenever the page is idle. Otherwise the first name with their letters would load them, and lay out its list
 * twice. They are loaded while the operator signs in: each font that arrives lays out the page again.
 */
export function loadNameFonts(): void {
  const load = ([font, ...later]: readonly FontFace[]) => {
    if (font === undefined) return;
    requestIdleCallback(() => {
      // A font that is missing is replaced by the system's, as in any text.
      void font
        .load()
        .catch(() => undefined)
        .then(() => load(later));
    });
  };
  // The extended Latin alphabet is near the end of the family, and is needed the most.
  load([...document.fonts].filter((font) => font.family.includes(family)).toReversed());
}
