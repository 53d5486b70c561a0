import { ownContent, recordings } from "../src/app.ts";
import { openLibrary } from "../src/curriculum/library.ts";
import { createDocker } from "../src/engine/docker.ts";
import { openBareTheatre } from "../src/experiments/bare-theatre.ts";
import { type Performance, playExperiment, requireProof } from "../src/experiments/play.ts";
import { writeRecording } from "../src/experiments/recording.ts";

/** Plays every experiment, or those named, on the engine of DOCKER_HOST and keeps what really came. CAKE_BASE names a local base image. */
const theatre = await openBareTheatre(createDocker(), "bakehouse-record", process.env.CAKE_BASE);
const version = await theatre.version();
const wanted = process.argv.slice(2);
for (const experiment of openLibrary([ownContent]).current.experiments.values()) {
  if (wanted.length && !wanted.includes(experiment.id)) continue;
  const { signal } = new AbortController();
  let last: Performance | undefined;
  for await (last of playExperiment(experiment, await theatre.open("record", signal), signal));
  writeRecording(recordings, experiment.id, requireProof(experiment, last), version, new Date());
  console.log(`recorded ${experiment.id}`);
}
