# One image for web, worker, beat and the one-off migration; docker-compose.yml names the commands.
FROM node:22-bookworm-slim AS front-end
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM python:3.12-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 STATIC_COLLECTED=1
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation2 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY requirements/runtime.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/runtime.txt
COPY . .
COPY --from=front-end /app/node_modules node_modules
# collectstatic needs a secret file and addresses to start, and uses none of them.
RUN python -m config.front_end && rm -rf node_modules \
    && VNN_KEYS_FILE=/tmp/keys.json python -m config.keys \
    && VNN_KEYS_FILE=/tmp/keys.json DATABASE_URL=postgres://none/none REDIS_URL=redis://none \
        python -m django collectstatic --settings config.settings --no-input --verbosity 0 \
    && rm /tmp/keys.json \
    && useradd --system --uid 10001 vinguoingheo \
    && install -d -o vinguoingheo /data
USER vinguoingheo
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "config.wsgi"]
