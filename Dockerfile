# The serving image: what `mvn package` assembled, without libtorch and the broker. Build: mvn package && docker build -t tagstream .
FROM eclipse-temurin:17-jre
COPY target/tagstream/bin /opt/tagstream/bin
COPY target/tagstream/lib /opt/tagstream/lib
RUN mkdir -p /var/lib/tagstream && chown 10001:10001 /var/lib/tagstream
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
