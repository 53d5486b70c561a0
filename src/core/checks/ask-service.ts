/** What a platform answered. */
export interface Answer {
  status: number;
  /** JSON; an empty object when it was none. */
  body: unknown;
  headers: Headers;
  /** The service's clock, in ms since the epoch, when it named one. */
  clock: number | undefined;
}

/** The service could not be asked at all; the message says why in a few words and holds no secret. */
export class ServiceAwayError extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = "ServiceAwayError";
  }
}

const patience = 15_000;

/** Sends one request with a token, as the program `agent`, and resolves with the answer, whatever its status. Throws {@link ServiceAwayError}. */
export async function askService(
  url: string,
  authorization: string,
  { method = "GET", agent = "bakehouse/0.1.0" }: { method?: "GET" | "POST"; agent?: string } = {},
): Promise<Answer> {
  const headers = {
    authorization,
    "user-agent": agent,
    ...(method === "POST" && { "content-type": "application/x-www-form-urlencoded" }),
  };
  try {
    const response = await fetch(url, { method, headers, redirect: "error", signal: AbortSignal.timeout(patience) });
    const text = await response.text();
    const date = Date.parse(response.headers.get("date") ?? "");
    return {
      status: response.status,
      body: parse(text),
      headers: response.headers,
      clock: Number.isNaN(date) ? undefined : date,
    };
  } catch (error) {
    throw new ServiceAwayError(reason(error), error);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

function reason(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  if (name === "TimeoutError") return `no answer in ${patience / 1000} seconds`;
  const code = cause?.code ?? "";
  if (code === "ECONNREFUSED") return "the connection was refused";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "its name could not be looked up";
  return code ? `the connection failed (${code})` : "the request could not be sent";
}
