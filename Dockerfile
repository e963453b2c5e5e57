# A small image of `ehc serve` for a PostgreSQL given by DATABASE_URL. No BuildKit features: buildah and kaniko build it too.
FROM docker.io/library/rust:1.95-slim-bookworm AS build
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libpq-dev \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cargo build --release --locked --bin ehc

FROM docker.io/library/debian:bookworm-slim
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates libpq5 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin ehc \
 && install --directory --owner=10001 --group=10001 /var/lib/ehc/files
COPY --from=build /src/target/release/ehc /usr/local/bin/ehc
# A number, so that an orchestrator can see that it is not root.
USER 10001:10001
# Uploaded files, unless a bucket is named (then set EHC_FILES to nothing): mount a volume here.
ENV EHC_LISTEN=0.0.0.0:8080 EHC_FILES=/var/lib/ehc/files
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["ehc", "health"]
ENTRYPOINT ["ehc"]
CMD ["serve"]
