import { checkSchema, type SchemaName } from "./check.ts";
import { type AskedMessage, componentsV2, messageRules } from "./message-rules.ts";
import { refusals } from "./refusal.ts";
import type { Asked } from "./rest.ts";
import type { Component, Message, StoredFile, World } from "./world.ts";

/** Takes messages as clients send them and refuses what Discord refuses. */
export function createComposing(world: World, problem: (said: string) => void) {
  const refuse = (where: string, problems: string[]) => {
    if (problems.length === 0) return;
    for (const one of problems) problem(`${where}: ${one}`);
    throw refusals.invalid(problems);
  };

  return {
    /** Throws a Refusal when a body breaks the official schema. */
    schema(where: string, name: SchemaName, body: unknown) {
      refuse(where, checkSchema(name, body));
    },
    refuse,
    /** Reads a message; `before` is the one that is edited. Throws a Refusal. */
    read(
      where: string,
      body: AskedMessage & { allowed_mentions?: { parse?: unknown[] } | null },
      files: Asked["files"],
      before?: Message,
    ) {
      const v2 = ((body.flags ?? 0) & componentsV2) !== 0 || ((before?.flags ?? 0) & componentsV2) !== 0;
      const asked = { ...body, components: body.components ?? before?.components ?? [], embeds: body.embeds ?? [] };
      const attached = attachments(body, files, before);
      const named = { ...asked, attachments: attached.map(({ id, filename }) => ({ id, filename })) };
      refuse(
        where,
        messageRules(
          named,
          v2,
          files.map(({ name, data }) => ({ name, size: data.length })),
        ),
      );
      for (const { index } of files)
        if (!body.attachments?.some(({ id }) => id === String(index)))
          problem(`${where}: files[${index}] is not named in attachments`);
      // Not a rule of Discord's but of ours: nothing that is sent may ever ping somebody.
      if (body.allowed_mentions?.parse?.length !== 0)
        problem(`${where}: allowed_mentions does not forbid every mention`);
      return {
        content: body.content ?? before?.content ?? "",
        components: withIds(asked.components),
        flags: (before?.flags ?? 0) | ((body.flags ?? 0) & (componentsV2 | (1 << 6) | (1 << 12) | (1 << 2))),
        files: attached,
        ...(body.nonce !== undefined && { nonce: String(body.nonce) }),
      };
    },
  };

  function attachments(body: AskedMessage, files: Asked["files"], before?: Message): StoredFile[] {
    const stored = files.map(({ index, name, data }) => {
      const told = body.attachments?.find(({ id }) => id === String(index));
      return {
        id: world.newId(),
        filename: told?.filename ?? name,
        data,
        ...(told?.description && { description: told.description }),
      };
    });
    const kept = body.attachments
      ? (before?.files ?? []).filter(({ id }) => body.attachments?.some((one) => one.id === id))
      : (before?.files ?? []);
    return [...kept, ...stored];
  }
}

export type Composing = ReturnType<typeof createComposing>;

/** Discord numbers the components that come without an id of their own. */
function withIds(components: readonly Component[]): Component[] {
  let next = 0;
  const number = (component: Component): Component => ({
    ...component,
    id: component.id || ++next,
    ...(component.components && { components: component.components.map(number) }),
  });
  return components.map(number);
}
