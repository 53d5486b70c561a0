/** What a learner was told last, and what was being done for them then. */
export interface Told {
  learner: string;
  /** The sandbox's container. */
  has: string | null;
  /** Names of images they built. */
  images: string[];
  doing: string;
}

/** A build line of several steps, none of which a cache can have. */
export function theBuild(image: string, name: string): string {
  const salt = Math.random();
  return `docker build -t ${image} - <<EOF
FROM cake
RUN echo ${name} ${salt} > /cake/who
RUN echo ${salt} > /cake/note
ENV WHO=${name}
RUN rm /cake/note
EOF`;
}
