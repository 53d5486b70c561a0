import { styleText } from "node:util";
import { showMentions } from "../../core/mention.ts";
import { showMoments } from "../../core/moment.ts";

/** Stand around the number of what is kept as it is: code and links. No text that is shown holds these, see visible.ts. */
const [open, close] = ["\u0001", "\u0002"];
const kept = new RegExp(`${open}(\\d+)${close}`, "g");

/** Draws bold, italics, code and links of one visible line; without `colour` the marks are only taken off. */
export function inline(markdown: string, colour: boolean): string {
  const style = (format: Parameters<typeof styleText>[0], said: string) => (colour ? styled(format, said) : said);
  const drawn: string[] = [];
  const keep = (text: string) => `${open}${drawn.push(text) - 1}${close}`;
  const restore = (text: string): string => text.replace(kept, (_, at: string) => restore(drawn[Number(at)] ?? ""));
  const named = showMentions(markdown, (_kind, _id, label) => label);
  const marked = showMoments(named, (at) => new Date(at).toLocaleTimeString("en-GB"))
    .replace(/`([^`]+)`/g, (_, said: string) => keep(colour ? styled("cyan", said) : `\`${said}\``))
    .replace(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, (_, label: string, url: string) =>
      keep(label === url ? url : `${label} <${url}>`),
    );
  return restore(
    marked
      .replace(/\*\*(?=\S)(.+?)(?<=\S)\*\*/g, (_, said: string) => style("bold", said))
      .replace(/(?<![\p{L}\p{N}_])_(?=[^\s_])(.+?)(?<=\S)_(?![\p{L}\p{N}_])/gu, (_, said: string) =>
        style("italic", said),
      ),
  );
}

/** Text with a style, also where the output is no terminal. */
export function styled(format: Parameters<typeof styleText>[0], said: string): string {
  return styleText(format, said, { validateStream: false });
}
