import { describe } from "vitest";
import { goneWorkspaceContract } from "../contracts/gone-workspace-contract.ts";
import { freshFolder } from "../store/places.ts";

describe("a workspace that removed the bot, on SQLite", () => goneWorkspaceContract(freshFolder));
