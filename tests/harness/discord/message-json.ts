import type { APIMessage } from "discord-api-types/v10";
import { channelJson, userJson } from "./wire.ts";
import type { Message, World } from "./world.ts";

/** A message; `whole` for its author, for people it mentions, in direct channels and where it is handed over with a command. */
export function messageJson(message: Message, world: World, whole = canRead(message, world)): APIMessage {
  const { id, channel, author, flags, edits, answers, interaction, thread, loading } = message;
  const made = stamp(id);
  return {
    id,
    channel_id: channel.id,
    author: userJson(author),
    content: whole ? message.content : "",
    timestamp: made,
    edited_timestamp: edits > 0 ? made : null,
    tts: false,
    mention_everyone: message.mentionsEveryone,
    mentions: message.mentions.map(userJson),
    mention_roles: [],
    attachments: whole ? message.files.map((file) => fileJson(file)) : [],
    embeds: whole ? message.embeds : [],
    components: whole ? message.components.map(shownComponent) : [],
    pinned: false,
    type: answers ? 19 : interaction ? 20 : 0,
    flags: flags | (loading ? 1 << 7 : 0),
    ...(message.nonce !== undefined && { nonce: message.nonce }),
    ...(answers && {
      message_reference: {
        type: 0,
        channel_id: channel.id,
        message_id: answers.id,
        ...(channel.guild && { guild_id: channel.guild.id }),
      },
    }),
    ...(author.bot && interaction && { application_id: world.applicationId, webhook_id: world.applicationId }),
    ...(interaction && {
      interaction_metadata: {
        id: interaction.id,
        type: interaction.type,
        user: userJson(interaction.user),
        authorizing_integration_owners: { 0: channel.guild?.id ?? "0" },
        ...(interaction.type === 3 && { interacted_message_id: id }),
        ...(interaction.type === 5 && {
          triggering_interaction_metadata: {
            id: interaction.id,
            type: 2,
            user: userJson(interaction.user),
            authorizing_integration_owners: {},
          },
        }),
      },
    }),
    ...(thread && { thread: channelJson(thread) }),
  } as unknown as APIMessage;
}

function fileJson({ id, filename, description, data }: Message["files"][number]) {
  const url = `https://cdn.example/${id}/${filename}`;
  return {
    id,
    filename,
    size: data.length,
    url,
    proxy_url: url,
    ...(description !== undefined && { description }),
    content_type: "application/octet-stream",
  };
}

/** What Discord adds to components it shows. */
function shownComponent(component: Message["components"][number]): object {
  const { components, items, file, ...rest } = component;
  const media = ({ url }: { url: string }) => ({
    id: "1",
    url,
    proxy_url: "https://cdn.example/x",
    width: 1,
    height: 1,
    content_type: "image/png",
  });
  return {
    ...rest,
    ...(component.type === 17 && { spoiler: false, accent_color: component.accent_color ?? null }),
    ...(component.type === 3 && { min_values: 1, max_values: 1, disabled: false }),
    ...(components && { components: components.map(shownComponent) }),
    ...(items && { items: items.map((item) => ({ spoiler: false, ...item, media: media(item.media) })) }),
    ...(file && { file: media(file), spoiler: false, name: file.url.slice(13), size: 1 }),
  };
}

function canRead({ author, channel, mentions }: Message, { bot }: World): boolean {
  return author === bot || !channel.guild || mentions.includes(bot);
}

function stamp(id: string): string {
  return new Date(Number((BigInt(id) >> 22n) + 1_420_070_400_000n)).toISOString().replace("Z", "000+00:00");
}
