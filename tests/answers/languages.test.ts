import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { answersInEnglish } from "../../src/answers/languages.ts";
import { loadCurriculum } from "../../src/curriculum/load.ts";

describe("a question in another language", () => {
  it.each([
    ["Wie bekomme ich eine Shell in meinem Container?", /Englisch/],
    ["pourquoi mon image est si grande ?", /anglais/],
    ["¿para qué sirve un volumen?", /inglés/],
    ["para que serve um volume", /inglês/],
    ["perché il mio container si ferma subito", /inglese/],
    ["waarom stopt mijn container", /Engels/],
    ["dlaczego mój kontener nie działa", /angielsku/],
    ["docker volume nedir", /İngilizce/],
    ["чем образ отличается от контейнера", /английски/],
    ["イメージとは何ですか", /英語/],
    ["镜像和容器有什么区别", /英语/],
    ["이미지란 무엇인가요", /영어/],
  ])("%s", (question, said) => {
    expect(answersInEnglish(question)).toMatch(said);
  });

  it("is none of the questions that cards and answers were written for", () => {
    const { concepts, answers, redirects } = loadCurriculum({
      dirs: [fileURLToPath(new URL("../../content", import.meta.url))],
    });
    const asked = [
      ...[...concepts.values()].flatMap(({ ask, aliases }) => [...ask, ...aliases]),
      ...[...answers.values()].flatMap(({ question, wordings }) => [question, ...wordings]),
      ...[...redirects.values()].flatMap(({ ask }) => ask),
    ];
    expect(asked.length).toBeGreaterThan(3000);
    expect(asked.filter((question) => answersInEnglish(question) !== undefined)).toEqual([]);
  });

  it.each(["", "docker ps -a", "die", "o.0", "e e e e", "Error: ENOENT /app/server.js", "a".repeat(5000)])(
    "is not %j",
    (typed) => {
      expect(answersInEnglish(typed)).toBeUndefined();
    },
  );
});
