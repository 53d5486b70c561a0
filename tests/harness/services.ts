import { commands } from "../../commands/index.ts";
import { createTutor, type Tutor } from "../../src/answers/cards/tutor.ts";
import { createConversations } from "../../src/answers/conversation/conversation.ts";
import { createName } from "../../src/answers/conversation/name-meant.ts";
import type { Services } from "../../src/core/context.ts";
import { silentLog } from "../../src/core/log.ts";
import { directoryOf } from "../../src/core/platform-kind.ts";
import type { Library } from "../../src/curriculum/library.ts";
import { createFeedback } from "../../src/feedback/feedback.ts";
import { parts } from "../../src/parts.ts";
import { createPath } from "../../src/path/path.ts";
import { platforms } from "../../src/platforms/index.ts";
import { createSettings } from "../../src/settings/settings.ts";
import { createSharing } from "../../src/sharing/sharing.ts";
import type { Outbox } from "../../src/store/outbox.ts";
import { personalOf } from "../../src/store/part.ts";
import { createPersonalData } from "../../src/store/personal-data.ts";
import type { Store } from "../../src/store/store.ts";

const tutors = new WeakMap<Library, Tutor>();

/** The real parts of a bot that has no engine, as far as conversations need them. */
export function talkingServices(
  { store, outbox, library }: { store: Store; outbox: Outbox; library: Library },
  quiz: Services["quiz"],
): Services {
  // Most conversations ask the tutor nothing, and it takes a while to make.
  const tutorOf = () => {
    const tutor = tutors.get(library) ?? createTutor(library);
    tutors.set(library, tutor);
    return tutor;
  };
  const name = createName({
    concept: (words) => tutorOf().concept(words),
    has: (word) => commands.some((command) => command.name === word),
  });
  return {
    curriculum: library,
    get tutor() {
      return tutorOf();
    },
    conversations: createConversations({ store, log: silentLog, name }),
    quiz,
    path: createPath({ library, store }),
    settings: createSettings(store, directoryOf(platforms)),
    platforms: directoryOf(platforms),
    sharing: createSharing({ store, outbox }),
    personal: createPersonalData(store, personalOf(parts)),
    feedback: createFeedback({ store, log: silentLog }),
    commands: () => commands,
    offers: () => ({ experiments: false, quiz: true, sandbox: false, feedback: true }),
  } as unknown as Services;
}
