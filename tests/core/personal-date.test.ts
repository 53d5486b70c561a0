import { describe, expect, it } from "vitest";
import { personalDate } from "../../src/core/personal-date.ts";

const late = Date.UTC(2026, 10, 24, 23, 30);

describe("a date for one person", () => {
  it("is the day it is where they are", () => {
    expect(personalDate(late, { locale: "en-GB" })).toBe("24 November 2026");
    expect(personalDate(late, { locale: "en-GB", zone: "Europe/Berlin" })).toBe("25 November 2026");
    expect(personalDate(late, { locale: "en-GB", zone: "America/New_York" })).toBe("24 November 2026");
  });

  it("is written in English, in the order of their region", () => {
    expect(personalDate(late, { locale: "en-US" })).toBe("November 24, 2026");
    expect(personalDate(late, { locale: "de_DE" })).toBe("24 November 2026");
    expect(personalDate(late, { locale: "pt" })).toBe("24 November 2026");
    expect(personalDate(late, { locale: "no such locale" })).toBe("24 November 2026");
  });
});
