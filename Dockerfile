# Builds Kontor and keeps only what the binary needs to run.
FROM swift:6.3-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends \
        libsqlite3-dev libmariadb-dev libcurl4-openssl-dev libjpeg62-turbo-dev libpng-dev libwebp-dev zlib1g-dev \
        libhpdf-dev libxml2-dev liblcms2-dev fonts-dejavu-core \
        libargon2-dev libidn2-dev libcrypt-dev libqrencode-dev libmaxminddb-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /kontor
# The dependencies, anew only where the manifest has changed.
COPY Package.swift ./
RUN swift package resolve
COPY Sources Sources
COPY Tests Tests
COPY Resources Resources
RUN swift build -c release --static-swift-stdlib --product kontor \
    && strip -o /usr/local/bin/kontor .build/release/kontor

FROM debian:bookworm-slim
# libcurl4: mail and HTTP; libidn2-0: mail domains; libcrypt1: bcrypt; libhpdf: invoices; libxml2: banks' answers; liblcms2: pictures' colours; libqrencode: the code of two factors; libmariadb3: the password plugins of MySQL 8; curl: the health check.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates libcurl4 libidn2-0 libcrypt1 libhpdf-2.3.0 libxml2 liblcms2-2 libqrencode4 tzdata libmariadb3 libssl3 curl \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin kontor \
    && install -d -o kontor -g kontor /data
COPY --from=build /usr/local/bin/kontor /usr/local/bin/kontor
USER kontor
WORKDIR /data
ENV HOST=0.0.0.0 PORT=8000 DATA_DIR=/data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD curl -fsS "http://127.0.0.1:${PORT}/readyz" || exit 1
ENTRYPOINT ["kontor"]
CMD ["serve"]
