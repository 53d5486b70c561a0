/** What the last exchanges of a person in a place were about. `thread` is empty outside of threads; `memory` is JSON. */
interface ConversationTable {
  person: string;
  channel: string;
  thread: string;
  workspace: string;
  memory: string;
  at: number;
}

declare module "../../store/store.ts" {
  interface Tables {
    conversation: ConversationTable;
  }
}
