# The serving image. `docker build -t tagstream .` needs no JDK here: the first stage builds the distribution with Maven.
# To package what `mvn package` left in target/ instead, which takes seconds:
#   docker build -t tagstream --build-arg DISTRIBUTION=target --build-arg BUILD_IMAGE=eclipse-temurin:17-jre .
ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-17
ARG RUNTIME_IMAGE=eclipse-temurin:17-jre

# A builder without BuildKit run every stage, so one stage does either, and `COPY .` does not mind a target/ that is not there.
FROM ${BUILD_IMAGE} AS distribution
ARG DISTRIBUTION=build
WORKDIR /src
COPY . .
RUN case $DISTRIBUTION in \
        build) rm -rf target && mvn -B -ntp package -Dserving.only -Dmaven.test.skip=true -Dspotless.check.skip=true ;; \
        target) ls -d target/tagstream/bin target/tagstream/lib target/native >/dev/null ;; \
        *) echo "DISTRIBUTION must be 'build' or 'target', got '$DISTRIBUTION'" >&2; exit 1 ;; \
    esac && \
    mkdir -p /opt/tagstream && cp -R target/tagstream/bin target/tagstream/lib /opt/tagstream && \
    cp -R "target/native/linux-$(uname -m)" /opt/tagstream/lib/native && \
    chmod -R u=rwX,go=rX /opt/tagstream

# Without libtorch and the broker. The native libraries lie unpacked in lib/native, so that nothing is executed from /tmp.
FROM ${RUNTIME_IMAGE}
COPY --from=distribution /opt/tagstream /opt/tagstream
# glibc 2.34 and newer keeps these three in libc.so.6, and base images that are cut down leave out the old names, which the native
# libraries of ONNX Runtime and RocksDB still ask for. Where the names are there, nothing is done.
RUN libc=$(find -L /lib /usr/lib -maxdepth 2 -name libc.so.6 2>/dev/null | head -1) && \
    for name in libdl.so.2 libpthread.so.0 librt.so.1; do \
        [ -e "$(dirname "$libc")/$name" ] || ln -s "$libc" "$(dirname "$libc")/$name"; \
    done && \
    mkdir -p /var/lib/tagstream && chown 10001:0 /var/lib/tagstream && chmod 2775 /var/lib/tagstream
ENV PATH=/opt/tagstream/bin:$PATH \
    TAGSTREAM_STATE_DIR=/var/lib/tagstream/states \
    TAGSTREAM_HEALTH_FILE=/tmp/tagstream-health
# Any other user of group 0 will do as well, with or without an entry in /etc/passwd.
USER 10001:0
VOLUME /var/lib/tagstream
# The application rewrites the file every few seconds while it is alive: an old one is as bad as none.
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=6 \
    CMD grep -qx RUNNING "$TAGSTREAM_HEALTH_FILE" && [ -n "$(find "$TAGSTREAM_HEALTH_FILE" -mmin -1)" ]
ENTRYPOINT ["tagstream"]
CMD ["run"]
