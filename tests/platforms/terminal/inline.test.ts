import { expect, it } from "vitest";
import { inline } from "../../../src/platforms/terminal/inline.ts";

const start = String.fromCharCode(27);
const shown = (markdown: string) =>
  inline(markdown, true)
    .replaceAll(`${start}[3m`, "<i>")
    .replaceAll(`${start}[23m`, "</i>")
    .replaceAll(`${start}[1m`, "<b>")
    .replaceAll(`${start}[22m`, "</b>")
    .replaceAll(`${start}[36m`, "<c>")
    .replaceAll(`${start}[39m`, "</c>");

it.each([
  ["_plain_", "<i>plain</i>"],
  ["_the file my_file_name is gone_", "<i>the file my_file_name is gone</i>"],
  ["_wait for `ada` now_", "<i>wait for <c>ada</c> now</i>"],
  ["MY_NAME and snake_case_words", "MY_NAME and snake_case_words"],
  ["`_not_` here", "<c>_not_</c> here"],
  ["**bold _and_ more**", "<b>bold <i>and</i> more</b>"],
  ["see [_a_](https://x.test/_b_)", "see _a_ <https://x.test/_b_>"],
  ["a _ b _ c", "a _ b _ c"],
])("%s", (markdown, expected) => {
  expect(shown(markdown)).toBe(expected);
});

it("takes the marks off where there is no colour, but for code", () => {
  expect(inline("_a `b_c` d_ **e**", false)).toBe("a `b_c` d e");
});
