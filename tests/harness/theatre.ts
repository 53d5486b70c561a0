import { type BareTheatre, openBareTheatre } from "../../src/experiments/bare-theatre.ts";
import { testBase, theEngine } from "./engine.ts";

let opening: Promise<BareTheatre> | undefined;

/** Lines on the tests' engine, with the shared image built on the tests' base; opened once for each test file. */
export function theTheatre(): Promise<BareTheatre> {
  opening ??= openBareTheatre(theEngine(), `bakehouse-test-${process.pid}`, testBase);
  return opening;
}
