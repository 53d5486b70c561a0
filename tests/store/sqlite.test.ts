import { describe } from "vitest";
import { storeContract } from "../contracts/store-contract.ts";
import { housekeepingContract } from "../contracts/store-housekeeping-contract.ts";
import { inboxContract } from "../contracts/store-inbox-contract.ts";
import { leasesContract } from "../contracts/store-leases-contract.ts";
import { outboxContract } from "../contracts/store-outbox-contract.ts";
import { timersContract } from "../contracts/store-timers-contract.ts";
import { freshFolder } from "./places.ts";

describe("the store on SQLite", () => storeContract(freshFolder));
describe("timers on SQLite", () => timersContract(freshFolder));
describe("leases on SQLite", () => leasesContract(freshFolder));
describe("the outbox on SQLite", () => outboxContract(freshFolder));
describe("housekeeping on SQLite", () => housekeepingContract(freshFolder));
describe("the inbox on SQLite", () => inboxContract(freshFolder));
