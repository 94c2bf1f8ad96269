# The bot for Telegram. The sandbox, the tests and the documents stay outside, and without BOT_TOKEN
# it refuses to start.
#
# The base is pinned to one release. Whoever builds for production adds the digest of the base they have
# checked (python:3.11.13-slim-bookworm@sha256:...); this repository cannot vouch for one.

FROM python:3.11.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements.lock /tmp/requirements.lock
RUN python -m venv /opt/komekshi \
    && /opt/komekshi/bin/python -m pip install --require-hashes --only-binary :all: \
        -r /tmp/requirements.lock \
    && /opt/komekshi/bin/python -m pip uninstall --yes pip setuptools

FROM python:3.11.13-slim-bookworm
# The root may be read-only: byte code is made here, and what stays is written to /app/data only. Tables
# for a spreadsheet pass through /tmp: give it one (--tmpfs /tmp).
ENV PATH=/opt/komekshi/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    LOG_FORMAT=json \
    OPS_PORT=9090
WORKDIR /app
COPY --from=build /opt/komekshi /opt/komekshi
COPY bot bot
COPY db db
COPY content content
COPY locales locales
# The base brings Python's own library without byte code: it would be compiled at every start, and at
# every question for health. A fixed number, so that a volume belongs to the same user on every machine.
RUN python -m compileall -q bot db \
    && python -m compileall -q -x '/(site-packages|lib2to3|idlelib|tkinter|turtledemo)/' \
        "$(python -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')" \
    && install --directory --owner=10001 --group=10001 --mode=0700 data
VOLUME /app/data
USER 10001:10001

# Whether the loop of the process turns; asked inside the container, as OPS_HOST is its loopback.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD ["python", "-c", \
    "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ['OPS_PORT'] + '/healthz', timeout=4)"]

CMD ["python", "-m", "bot", "run"]
