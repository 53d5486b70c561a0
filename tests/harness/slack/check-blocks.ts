import { checkMrkdwn } from "./check-text.ts";
import type { Json } from "./world.ts";

/** Where blocks are shown; each surface has its own limits. */
export type Surface = "message" | "modal" | "home";

/**
 * What Slack would refuse about these blocks, by the limits of its Block Kit reference; empty when all is well.
 * https://docs.slack.dev/reference/block-kit/blocks
 */
export function checkBlocks(given: unknown, surface: Surface): string[] {
  if (!Array.isArray(given)) return ["blocks: not an array"];
  const problems: string[] = [];
  const most = surface === "message" ? 50 : 100;
  if (given.length > most) problems.push(`blocks: ${given.length} of at most ${most}`);
  const size = JSON.stringify(given).length;
  if (surface === "message" && size > 13_200) problems.push(`msg_blocks_too_long: ${size} characters`);
  const ids = new Set<string>();
  given.forEach((block: Json, index) => {
    const where = `blocks[${index}]`;
    const id = block.block_id;
    if (id !== undefined) {
      if (typeof id !== "string" || id.length < 1 || id.length > 255)
        problems.push(`${where}.block_id: 1 to 255 characters`);
      else if (ids.has(id)) problems.push(`${where}.block_id: doubled`);
      else ids.add(id);
    }
    problems.push(...checkBlock(block, where, surface));
  });
  return problems;
}

function checkBlock(block: Json, where: string, surface: Surface): string[] {
  switch (block.type) {
    case "section":
      return [
        ...only(block, where, ["type", "block_id", "text", "fields", "expand", "accessory"]),
        ...(block.text === undefined && block.fields === undefined ? [`${where}: text or fields`] : []),
        ...(block.text === undefined ? [] : checkTextObject(block.text, `${where}.text`, 3000)),
        ...list(block.fields, `${where}.fields`, 10).flatMap((field, at) =>
          checkTextObject(field, `${where}.fields[${at}]`, 2000),
        ),
      ];
    case "header":
      return [
        ...only(block, where, ["type", "block_id", "text"]),
        ...checkTextObject(block.text, `${where}.text`, 150, "plain_text"),
      ];
    case "divider":
      return only(block, where, ["type", "block_id"]);
    case "context": {
      const elements = list(block.elements, `${where}.elements`, 10);
      return [
        ...only(block, where, ["type", "block_id", "elements"]),
        ...tooMany(block.elements, `${where}.elements`, 10),
        ...elements.flatMap((one, at) =>
          one.type === "image"
            ? checkImage(one, `${where}.elements[${at}]`)
            : checkTextObject(one, `${where}.elements[${at}]`, 3000),
        ),
      ];
    }
    case "image":
      return checkImage(block, where);
    case "actions": {
      const elements = list(block.elements, `${where}.elements`, 25);
      const seen = new Set<unknown>();
      return [
        ...only(block, where, ["type", "block_id", "elements"]),
        ...tooMany(block.elements, `${where}.elements`, 25),
        ...(elements.length === 0 ? [`${where}.elements: none`] : []),
        ...elements.flatMap((one, at) => {
          const doubled = seen.has(one.action_id) ? [`${where}.elements[${at}].action_id: doubled`] : [];
          seen.add(one.action_id);
          return [...doubled, ...checkElement(one, `${where}.elements[${at}]`)];
        }),
      ];
    }
    case "rich_text":
      return [
        ...only(block, where, ["type", "block_id", "elements"]),
        ...list(block.elements, `${where}.elements`, 200).flatMap((one, at) =>
          checkRich(one, `${where}.elements[${at}]`),
        ),
      ];
    case "input":
      return [
        ...(surface === "message" ? [`${where}: an input block stands in a modal or a home tab`] : []),
        ...only(block, where, ["type", "block_id", "label", "hint", "optional", "element", "dispatch_action"]),
        ...checkTextObject(block.label, `${where}.label`, 2000, "plain_text"),
        ...(block.hint === undefined ? [] : checkTextObject(block.hint, `${where}.hint`, 2000, "plain_text")),
        ...checkElement(block.element as Json, `${where}.element`),
      ];
    default:
      return [`${where}: a block of type ${String(block.type)} is not known here`];
  }
}

function checkElement(element: Json, where: string): string[] {
  const problems: string[] = [];
  const id = element?.action_id;
  if (id !== undefined && (typeof id !== "string" || id.length < 1 || id.length > 255))
    problems.push(`${where}.action_id: 1 to 255 characters`);
  switch (element?.type) {
    case "button":
      problems.push(
        ...only(element, where, [
          "type",
          "action_id",
          "text",
          "value",
          "url",
          "style",
          "confirm",
          "accessibility_label",
        ]),
        ...checkTextObject(element.text, `${where}.text`, 75, "plain_text"),
        ...longest(element.value, `${where}.value`, 2000),
        ...longest(element.url, `${where}.url`, 3000),
      );
      if (element.style !== undefined && element.style !== "primary" && element.style !== "danger")
        problems.push(`${where}.style: ${String(element.style)}`);
      return problems;
    case "static_select": {
      const options = list(element.options, `${where}.options`, 100);
      problems.push(
        ...only(element, where, ["type", "action_id", "placeholder", "options", "initial_option", "confirm"]),
        ...checkTextObject(element.placeholder, `${where}.placeholder`, 150, "plain_text"),
        ...tooMany(element.options, `${where}.options`, 100),
        ...(options.length === 0 ? [`${where}.options: none`] : []),
      );
      const values = new Set<unknown>();
      options.forEach((option, at) => {
        problems.push(
          ...checkTextObject(option.text, `${where}.options[${at}].text`, 75, "plain_text"),
          ...longest(option.value, `${where}.options[${at}].value`, 150),
        );
        if (values.has(option.value)) problems.push(`${where}.options[${at}].value: doubled`);
        values.add(option.value);
      });
      return problems;
    }
    case "plain_text_input":
      problems.push(
        ...only(element, where, [
          "type",
          "action_id",
          "multiline",
          "max_length",
          "min_length",
          "placeholder",
          "initial_value",
          "focus_on_load",
        ]),
      );
      if (element.placeholder !== undefined)
        problems.push(...checkTextObject(element.placeholder, `${where}.placeholder`, 150, "plain_text"));
      if (Number(element.max_length ?? 1) > 3000) problems.push(`${where}.max_length: at most 3000`);
      return problems;
    default:
      return [`${where}: an element of type ${String(element?.type)} is not known here`];
  }
}

function checkRich(element: Json, where: string): string[] {
  switch (element.type) {
    case "rich_text_preformatted":
    case "rich_text_section":
    case "rich_text_quote":
      return list(element.elements, `${where}.elements`, 500).flatMap((one, at) =>
        one.type !== "text" && one.type !== "link" && one.type !== "date"
          ? [`${where}.elements[${at}]: ${String(one.type)}`]
          : typeof (one.text ?? one.url ?? one.fallback) !== "string" || (one.type === "text" && one.text === "")
            ? [`${where}.elements[${at}].text: empty`]
            : !String(one.text ?? "").isWellFormed()
              ? [`${where}.elements[${at}].text: a lone surrogate`]
              : [],
      );
    case "rich_text_list":
      return list(element.elements, `${where}.elements`, 500).flatMap((one, at) =>
        checkRich(one, `${where}.elements[${at}]`),
      );
    default:
      return [`${where}: ${String(element.type)}`];
  }
}

function checkImage(image: Json, where: string): string[] {
  const problems = only(image, where, ["type", "block_id", "alt_text", "image_url", "slack_file", "title"]);
  if (typeof image.alt_text !== "string" || image.alt_text.trim() === "") problems.push(`${where}.alt_text: missing`);
  problems.push(...longest(image.alt_text, `${where}.alt_text`, 2000));
  if (image.image_url === undefined && image.slack_file === undefined)
    problems.push(`${where}: neither image_url nor slack_file`);
  return problems;
}

function checkTextObject(given: unknown, where: string, most: number, wanted?: "plain_text"): string[] {
  const object = given as Json | undefined;
  if (!object || (object.type !== "mrkdwn" && object.type !== "plain_text")) return [`${where}: not a text object`];
  if (wanted && object.type !== wanted) return [`${where}: must be ${wanted}`];
  if (typeof object.text !== "string" || object.text.length === 0) return [`${where}: empty`];
  const problems = [
    ...only(object, where, ["type", "text", "emoji", "verbatim"]),
    ...longest(object.text, where, most),
  ];
  if (object.type === "mrkdwn" && object.emoji !== undefined) problems.push(`${where}: emoji is for plain_text`);
  if (object.type === "mrkdwn") problems.push(...checkMrkdwn(object.text, where));
  else if (!object.text.isWellFormed()) problems.push(`${where}: a lone surrogate`);
  return problems;
}

const longest = (value: unknown, where: string, most: number): string[] =>
  typeof value === "string" && value.length > most ? [`${where}: ${value.length} of at most ${most} characters`] : [];
const tooMany = (value: unknown, where: string, most: number): string[] =>
  Array.isArray(value) && value.length > most ? [`${where}: ${value.length} of at most ${most}`] : [];
const list = (value: unknown, _where?: string, _most?: number): Json[] =>
  Array.isArray(value) ? (value as Json[]) : [];
const only = (object: Json, where: string, keys: string[]): string[] =>
  Object.keys(object)
    .filter((key) => !keys.includes(key))
    .map((key) => `${where}.${key}: unknown`);

/** What Slack would refuse about a modal or home view. https://docs.slack.dev/reference/views */
export function checkView(given: unknown): string[] {
  const view = given as Json;
  if (view?.type !== "modal" && view?.type !== "home") return ["view.type: modal or home"];
  const problems = checkBlocks(view.blocks, view.type);
  problems.push(
    ...longest(view.private_metadata, "view.private_metadata", 3000),
    ...longest(view.callback_id, "view.callback_id", 255),
  );
  if (view.type === "home") return problems;
  problems.push(...checkTextObject(view.title, "view.title", 24, "plain_text"));
  for (const key of ["submit", "close"])
    if (view[key] !== undefined) problems.push(...checkTextObject(view[key], `view.${key}`, 24, "plain_text"));
  const hasInput = (view.blocks as Json[]).some((block) => block.type === "input");
  if (hasInput && view.submit === undefined) problems.push("view.submit: required beside input blocks");
  return problems;
}
