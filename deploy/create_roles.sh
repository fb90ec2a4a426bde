#!/bin/sh
# Run once by the database image on an empty volume: the two roles, and the database of `owner`.
set -eu
psql --username postgres --set ON_ERROR_STOP=1 \
    --set owner_password="$OWNER_PASSWORD" --set app_password="$APP_PASSWORD" <<'SQL'
CREATE ROLE owner LOGIN CREATEDB PASSWORD :'owner_password';
CREATE ROLE app LOGIN PASSWORD :'app_password';
CREATE DATABASE vinguoingheo OWNER owner;
SQL
