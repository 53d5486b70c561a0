import { describe, expect, it } from "vitest";
import { mention, showMentions } from "../../src/core/mention.ts";
import { prose } from "../../src/platforms/discord/draw/safe.ts";
import { toMrkdwn, toPlain } from "../../src/platforms/slack/draw/mrkdwn.ts";

describe("a channel, person or role inside a text", () => {
  it("is written in each platform's own form, and as its label where there is none", () => {
    const text = `Only in ${mention("channel", "123")}, says ${mention("person", "45")} of ${mention("role", "6")}.`;
    expect(prose(text)).toBe("Only in <#123>, says <@45> of <@&6>.");
    expect(toMrkdwn(mention("channel", "C12"))).toBe("<#C12>");
    expect(toPlain(`Only in ${mention("channel", "C12")}.`)).toBe("Only in #C12.");
    expect(showMentions(mention("channel", "here"), (_kind, _id, label) => label)).toBe("#here");
  });

  it("is never made of what does not look like a platform's id", () => {
    expect(prose("[@everyone](person:everyone)")).not.toMatch(/@everyone|<@/);
    expect(toMrkdwn("[@x](person:everyone)")).toBe("@x");
    expect(prose("[#x](channel:1> <@2)")).not.toContain("<@2");
  });
});
