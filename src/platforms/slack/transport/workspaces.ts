import type { InstallationStore as BoltStore, Installation, InstallationQuery } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import { UnreachableError } from "../../../core/platform.ts";
import type { Installations } from "../../../core/platform-kind.ts";

/** A workspace the app is installed in. */
export interface Workspace {
  id: string;
  botUser: string;
  client: WebClient;
  /** Things this workspace has refused, so that they are not tried again: a scope that is not granted, streaming. */
  refused: Set<string>;
}

/** The workspaces with their clients, made when they are first needed. */
export interface Workspaces {
  /** Throws {@link UnreachableError} when the app is not installed there any more. */
  of(id: string): Promise<Workspace>;
  forget(id: string): void;
}

/** One workspace with one token. */
export function singleWorkspace(workspace: Workspace): Workspaces {
  return { of: async () => workspace, forget() {} };
}

/** How long (ms) a token is good for without a look into the store: another process may have replaced it. */
const keepFor = 5 * 60_000;

/** Workspaces by their stored installations; `connect` makes a client for a bot token. */
export function installedWorkspaces(store: Installations, connect: (token: string) => WebClient): Workspaces {
  const known = new Map<string, { workspace: Workspace; until: number }>();
  return {
    async of(id) {
      const found = known.get(id);
      if (found && found.until > Date.now()) return found.workspace;
      const installation = (await store.fetch(id)) as Installation | undefined;
      if (!installation?.bot) throw new UnreachableError(`the app is not installed in the workspace ${id}`);
      const made: Workspace = {
        id,
        botUser: installation.bot.userId,
        client: connect(installation.bot.token),
        refused: new Set(),
      };
      known.set(id, { workspace: made, until: Date.now() + keepFor });
      return made;
    },
    forget: (id) => void known.delete(id),
  };
}

/** The store in the shape that Bolt's OAuth wants. `installed` hears of every new or renewed installation. */
export function boltStore(store: Installations, installed: (key: string) => void): BoltStore {
  return {
    async storeInstallation(installation) {
      const key = keyOf({ ...installation, teamId: installation.team?.id, enterpriseId: installation.enterprise?.id });
      await store.save(key, installation);
      installed(key);
    },
    async fetchInstallation(query) {
      const found = await store.fetch(keyOf(query));
      if (!found) throw new Error(`no installation for ${keyOf(query)}`);
      return found as Installation<"v1" | "v2", boolean>;
    },
    async deleteInstallation(query) {
      await store.remove(keyOf(query));
    },
  };
}

function keyOf(
  query: Partial<Pick<InstallationQuery<boolean>, "isEnterpriseInstall">> & {
    teamId?: string | undefined;
    enterpriseId?: string | undefined;
  },
): string {
  const key = query.isEnterpriseInstall ? query.enterpriseId : query.teamId;
  if (!key) throw new Error("an installation without a workspace");
  return key;
}
