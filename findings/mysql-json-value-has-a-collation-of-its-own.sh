#!/usr/bin/env bash
# MySQL 9.7.4: on a connection of utf8mb4_bin, what JSON_VALUE gives cannot be compared with a literal.
#
# `JSON_VALUE(doc, path) = 'x'` ends with error 1267 (illegal mix of collations): the value comes as utf8mb4_0900_bin, the
# literal as utf8mb4_bin, and neither gives way. JSON_UNQUOTE(JSON_EXTRACT(doc, path)), which the manual gives as the same thing, comes
# as utf8mb4_bin and compares. CONCAT and COALESCE fail alike. Needs root and debootstrap. Exits with 1 when it is so no longer.
set -euo pipefail
work=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check PyMySQL==1.1.2
debootstrap --variant=minbase --include=mysql-server-core unstable "$work/root" >"$work/log" 2>&1
mkdir "$work/root/data"
options=(--no-defaults --user=root --datadir=/data/db --secure-file-priv=NULL --mysqlx=OFF --skip-networking
    --socket=/data/socket --pid-file=/data/pid)
chroot "$work/root" /usr/sbin/mysqld "${options[@]}" --initialize-insecure >>"$work/log" 2>&1
chroot "$work/root" /usr/sbin/mysqld "${options[@]}" >>"$work/log" 2>&1 &
server=$!
until [ -S "$work/root/data/socket" ]; do
    kill -0 "$server"
    sleep 0.2
done

found=$("$work/python/bin/python" - "$work/root/data/socket" <<'PYTHON'
import sys
import pymysql

connection = pymysql.connect(unix_socket=sys.argv[1], user="root", charset="utf8mb4", collation="utf8mb4_bin")
document = """'{"id": "x"}', '$.id'"""
for text in ["VERSION()", f"JSON_VALUE({document}) = 'x'", f"JSON_UNQUOTE(JSON_EXTRACT({document})) = 'x'"]:
    cursor = connection.cursor()
    try:
        cursor.execute("SELECT " + text)
        print(cursor.fetchone()[0])
    except pymysql.err.MySQLError as error:
        print("error", error.args[0])
PYTHON
)
echo "MySQL on utf8mb4_bin, its version, JSON_VALUE() = 'x', JSON_UNQUOTE(JSON_EXTRACT()) = 'x':"
echo "$found"
[[ $found == 9.7.4* ]] && [ "$(tail -n 2 <<<"$found")" = "error 1267
1" ]
