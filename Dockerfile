# The demo's services, and a pattern for your own: build with everything, ship only what runs.
# Any image with Node.js 20.19 or later will do: docker build --build-arg NODE_IMAGE=...
ARG NODE_IMAGE=node:24.21.0-alpine@sha256:ebfe2f90462722a7a4de65e91990e97fe0d401c70e0e762c5b53302f905ec1c1

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
# An .npmrc, where one is needed (docker build --secret id=npmrc,src=...), is there for this step only.
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build && npm run build:demo

FROM ${NODE_IMAGE} AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# The demo's own dependency: of the package, express is an optional peer. The lock file keeps the versions.
RUN npm pkg set "dependencies.express=$(npm pkg get devDependencies.express | tr -d '"')" \
 && npm pkg delete devDependencies peerDependencies peerDependenciesMeta
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc \
    npm install --omit=dev --ignore-scripts --no-audit --no-fund

FROM ${NODE_IMAGE}
WORKDIR /app
ENV NODE_ENV=production \
    LOG_FORMAT=json \
    HOST=0.0.0.0 \
    PORT=3000 \
    TAFFRAIL_OPS_HOST=0.0.0.0
COPY package.json ./
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/build/demo ./build/demo
COPY --from=build /app/dashboards ./dashboards
# A named volume that is mounted here gets this owner: the services write, a collector in the group reads.
RUN mkdir -p /var/log/services && chown 1000:1000 /var/log/services && chmod 750 /var/log/services
USER 1000:1000
# No shell and no curl: Node asks. `node` is process 1, so that it gets the signal to stop.
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+(process.env.TAFFRAIL_OPS_PORT??9464)+'/readyz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["node", "build/demo/shop/main.js"]
