# Three stages: compile, take the jar apart into layers, and run without root from an image that has only a JRE.
#
#   docker build -t hhplus-ecommerce .
#
# Behind a mirror or proxy, without leaving a trace in the image:
#
#   docker build --secret id=maven-settings,src=$HOME/.m2/settings.xml --build-arg MVNW_REPOURL=<mirror> .

ARG JAVA_VERSION=17

FROM eclipse-temurin:${JAVA_VERSION}-jdk AS build
WORKDIR /build
ARG MVNW_REPOURL=
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY src/main src/main
# Tests are ./mvnw verify's business; this image has neither their sources nor the servers that they start.
RUN --mount=type=cache,target=/root/.m2,sharing=locked \
    --mount=type=secret,id=maven-settings,required=false \
    settings=$(test ! -f /run/secrets/maven-settings || echo "--settings /run/secrets/maven-settings"); \
    ./mvnw -B -ntp -q $settings -Dmaven.test.skip=true -Dspotless.check.skip=true package \
    && java -Djarmode=tools -jar target/hhplus-ecommerce.jar extract --layers --destination layers

FROM eclipse-temurin:${JAVA_VERSION}-jre
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin commerce \
    && mkdir -p -m 700 /app/data \
    && chown -R commerce:commerce /app
WORKDIR /app
# From what changes least to what changes most, so that an upgrade pulls little.
COPY --from=build --chown=commerce:commerce /build/layers/dependencies/ ./
COPY --from=build --chown=commerce:commerce /build/layers/spring-boot-loader/ ./
COPY --from=build --chown=commerce:commerce /build/layers/snapshot-dependencies/ ./
COPY --from=build --chown=commerce:commerce /build/layers/application/ ./
COPY --chmod=755 deploy/docker/healthcheck /usr/local/bin/healthcheck
USER 10001:10001
# An order costs a tenth less processor time than with G1 (docs/decisions/021). For another collector replace this.
ENV JDK_JAVA_OPTIONS=-XX:+UseParallelGC
# A start that ends once everything is wired: its loaded classes are mapped into memory at every later start.
RUN java -XX:ArchiveClassesAtExit=app.jsa -Xlog:cds=off -Dspring.context.exit=onRefresh \
        -Dcommerce.data-dir=/tmp/training -jar hhplus-ecommerce.jar \
    && rm -rf /tmp/training \
    && java -XX:SharedArchiveFile=app.jsa -Xshare:on -cp hhplus-ecommerce.jar -version

EXPOSE 8080
VOLUME /app/data
HEALTHCHECK --interval=2s --timeout=4s --start-period=90s --retries=3 CMD ["healthcheck"]
# Exec form: the server is process 1 and hears SIGTERM itself. More options: JAVA_TOOL_OPTIONS.
ENTRYPOINT ["java", "-XX:SharedArchiveFile=app.jsa", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", \
            "-jar", "hhplus-ecommerce.jar"]
