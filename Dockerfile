# The bot itself, not the image that learners' containers come from: that one is images/cake.
# The same Node.js as the packages bring for the terminal (optionalDependencies in package.json); a test compares them.
FROM node:24.21.0-slim

ENV NODE_ENV=production \
    DATA_DIR=/data \
    HEALTH_PORT=8080 \
    HEALTH_HOST=0.0.0.0

WORKDIR /app
# Packages first: they change less often than the program, so most builds take this layer from the cache.
COPY package.json package-lock.json ./
# The optional packages are a second Node.js, which this image has already. The only script is run below, when what it compiles is there.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund && npm cache clean --force

COPY commands ./commands
COPY content ./content
COPY images ./images
COPY scripts/doctor.ts scripts/lint-content.ts scripts/store.ts ./scripts/
COPY slack ./slack
COPY src ./src

# A volume that is mounted here for the first time gets this owner.
RUN mkdir /data node_modules/.cache && chown node:node /data node_modules/.cache && chmod 700 /data
USER node
# By the user who starts it, because Node keeps a compile cache for each user.
RUN npm start --silent -- --compile
VOLUME /data

HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HEALTH_PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]

# No npm in between, so that the signal to stop reaches the bot and it can park quizzes.
CMD ["node", "--optimize-for-size", "--max-semi-space-size=2", "--v8-pool-size=1", "--max-old-space-size=256", \
     "--no-wasm-tier-up", "--no-wasm-dynamic-tiering", "src/start.js"]
