# The serving image: what `mvn package` assembled, without libtorch and the broker. Build: mvn package && docker build -t tagstream .
FROM eclipse-temurin:17-jre
COPY target/tagstream/bin /opt/tagstream/bin
COPY target/tagstream/lib /opt/tagstream/lib
# glibc 2.34 and newer keeps these three in libc.so.6, and base images that are cut down leave out the old names, which the native
# libraries of ONNX Runtime and RocksDB still ask for. Where the names are there, nothing is done.
RUN libc=$(find -L /lib /usr/lib -maxdepth 2 -name libc.so.6 2>/dev/null | head -1) && \
    for name in libdl.so.2 libpthread.so.0 librt.so.1; do \
        [ -e "$(dirname "$libc")/$name" ] || ln -s "$libc" "$(dirname "$libc")/$name"; \
    done && \
    mkdir -p /var/lib/tagstream && chown 10001:10001 /var/lib/tagstream
ENV PATH=/opt/tagstream/bin:$PATH \
    TAGSTREAM_STATE_DIR=/var/lib/tagstream \
    TAGSTREAM_HEALTH_FILE=/tmp/tagstream-health
USER 10001:10001
VOLUME /var/lib/tagstream
# The application rewrites the file every few seconds while it is alive: an old one is as bad as none.
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=6 \
    CMD grep -qx RUNNING "$TAGSTREAM_HEALTH_FILE" && [ -n "$(find "$TAGSTREAM_HEALTH_FILE" -mmin -1)" ]
ENTRYPOINT ["tagstream"]
CMD ["run"]
