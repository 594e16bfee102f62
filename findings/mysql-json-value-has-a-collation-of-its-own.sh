#!/usr/bin/env bash
# MySQL 9.7.4: on a connection of utf8mb4_bin, what JSON_VALUE gives cannot be compared with a literal.
#
# `JSON_VALUE(doc, path) = 'x'` ends with error 1267 (illegal mix of collations): the value comes as utf8mb4_0900_bin, the
# literal as utf8mb4_bin, and neither gives way. JSON_UNQUOTE(JSON_EXTRACT(doc, path)), which the manual gives as the same thing, comes
# as utf8mb4_bin and compares. CONCAT and COALESCE fail alike. Needs root and debootstrap. Exits with 1 when it is so no longer.
set -euo pipefail
work=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT
debootstrap --variant=minbase --include=mysql-server-core,mariadb-client-core unstable "$work/root" >"$work/log" 2>&1
version=$(chroot "$work/root" mysqld --version | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -1)
mkdir "$work/root/data"
options=(--no-defaults --user=root --datadir=/data/db --secure-file-priv=NULL --mysqlx=OFF --skip-networking
    --socket=/data/socket --pid-file=/data/pid)
chroot "$work/root" mysqld "${options[@]}" --initialize-insecure >>"$work/log" 2>&1
chroot "$work/root" mysqld "${options[@]}" >>"$work/log" 2>&1 &
server=$!
ask() {
    chroot "$work/root" mariadb --no-defaults --user=root --socket=/data/socket --skip-column-names \
        -e "SET NAMES utf8mb4 COLLATE utf8mb4_bin; SELECT $1" 2>&1 | grep -v '^-*$' || true
}
until ask 1 | grep -qx 1; do kill -0 "$server" && sleep 0.2; done

document="'{\"id\": \"x\"}', '\$.id'"
value=$(ask "JSON_VALUE($document) = 'x'")
same=$(ask "JSON_UNQUOTE(JSON_EXTRACT($document)) = 'x'")
echo "MySQL $version: JSON_VALUE = 'x': $value"
echo "MySQL $version: JSON_UNQUOTE(JSON_EXTRACT()) = 'x': $same"
[ "$version" = 9.7.4 ] && grep -q 'ERROR 1267' <<<"$value" && [ "$same" = 1 ]
