/** An error answer of Discord's REST interface. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: unknown;

  constructor(status: number, code: number, message: string, errors?: unknown) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

/** https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
export const refusals = {
  unauthorised: () => new Refusal(401, 0, "401: Unauthorized"),
  unknownChannel: () => new Refusal(404, 10003, "Unknown Channel"),
  unknownGuild: () => new Refusal(404, 10004, "Unknown Guild"),
  unknownMember: () => new Refusal(404, 10007, "Unknown Member"),
  unknownMessage: () => new Refusal(404, 10008, "Unknown Message"),
  unknownWebhook: () => new Refusal(404, 10015, "Unknown Webhook"),
  unknownInteraction: () => new Refusal(404, 10062, "Unknown interaction"),
  acknowledged: () => new Refusal(400, 40060, "Interaction has already been acknowledged."),
  access: () => new Refusal(403, 50001, "Missing Access"),
  permissions: () => new Refusal(403, 50013, "Missing Permissions"),
  notYours: () => new Refusal(403, 50005, "Cannot edit a message authored by another user"),
  wrongChannelType: () => new Refusal(400, 50024, "Cannot execute action on this channel type"),
  token: () => new Refusal(401, 50027, "Invalid Webhook Token"),
  archived: () => new Refusal(400, 50083, "Thread is archived"),
  threadExists: () => new Refusal(400, 160004, "A thread has already been created for this message"),
  invalid: (errors: unknown) => new Refusal(400, 50035, "Invalid Form Body", errors),
  notFound: () => new Refusal(404, 0, "404: Not Found"),
};
