import { ApiError, type Session, writable } from "./methods-chat.ts";
import { addMessage, type Json, type SlackFile, type World } from "./world.ts";

/** Files on their way: an address is asked for, the bytes are sent there, and the upload is completed into a channel or for nobody yet. */
export function createUploads(world: World) {
  const files = new Map<string, SlackFile>();

  function found(id: string): SlackFile {
    const file = files.get(id);
    if (!file || file.bytes.length === 0) throw new ApiError("file_not_found");
    if (/\.(png|jpe?g|gif)$/i.test(file.name) && !file.alt?.trim())
      world.problem(`${file.name}: a picture without alt text`);
    return file;
  }

  return {
    /** Starts an upload and returns the file's id. */
    begin({ args }: Session): string {
      const { filename, length, alt_text: alt } = args;
      if (!filename || !Number(length)) throw new ApiError("invalid_arguments");
      if (String(alt ?? "").length > 1000) world.problem("files.getUploadURLExternal: alt text above 1000 characters");
      const id = world.id("F");
      files.set(id, {
        id,
        name: String(filename),
        alt: alt === undefined ? undefined : String(alt),
        bytes: Buffer.alloc(0),
      });
      return id;
    },
    /** Takes the bytes, plain or as a form; false when nobody asked for that address. */
    take(id: string, contentType: string, body: Buffer): boolean {
      const file = files.get(id);
      if (!file) return false;
      const boundary = /boundary=(.+)$/.exec(contentType)?.[1];
      const start = body.indexOf("\r\n\r\n") + 4;
      file.bytes = boundary ? body.subarray(start, body.lastIndexOf(`\r\n--${boundary}`)) : body;
      return true;
    },
    complete(session: Session): Json {
      const { team, args } = session;
      const done = (args.files as { id: string }[]).map(({ id }) => found(id));
      if (args.channel_id !== undefined) {
        const channel = writable(session);
        for (const file of done) file.channel = channel.id;
        addMessage(world, channel, {
          user: team.botUser,
          text: String(args.initial_comment ?? ""),
          files: done,
          ...(args.thread_ts !== undefined && { thread: String(args.thread_ts) }),
        });
      }
      return { files: done.map(({ id, name }) => ({ id, title: name })) };
    },
  };
}
