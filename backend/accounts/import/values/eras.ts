/** The years before the first one of an era of Japan's calendar. */
const eras: Readonly<Record<string, number>> = {
  令和: 2018,
  平成: 1988,
  昭和: 1925,
  r: 2018,
  h: 1988,
  s: 1925,
};

/** A date of Japan's calendar, as in `令和8年12月31日` and `R8.12.31`, with the year of the western one. */
export const withoutEra = (text: string): string =>
  text.replace(
    /^(令和|平成|昭和|[RHS](?=\d{1,2}[./-]\d{1,2}[./-]))\s?(\d{1,2}|元)/iu,
    (_all, era: string, year: string) =>
      String((eras[era.toLowerCase()] ?? 0) + (year === '元' ? 1 : Number(year))),
  );
