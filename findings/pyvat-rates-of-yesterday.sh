#!/usr/bin/env bash
# pyvat 1.3.18, the newest, charges consumers in four countries of the European Union a rate that has ended.
#
# Finland takes 25.5 % since 1 September 2024, Slovakia 23 % since 1 January 2025, Estonia 24 % since 1 July 2025 and Romania
# 21 % since 1 August 2025. The rates are in its code and look at the date only for older changes; nothing says that they
# are old. Exits with 1 when it charges otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check pyvat==1.3.18

found=$("$work/python/bin/python" - <<'PYTHON'
import datetime
import pyvat

shop = pyvat.Party(country_code="DE", is_business=True)
for country in ["FI", "SK", "EE", "RO", "DE"]:
    consumer = pyvat.Party(country_code=country, is_business=False)
    charge = pyvat.get_sale_vat_charge(
        datetime.date(2026, 11, 1), pyvat.ItemType.generic_electronic_service, consumer, shop)
    print(country, charge.rate)
PYTHON
)
echo "pyvat 1.3.18 on 1 November 2026:"
echo "$found"
[ "$found" = "FI 24
SK 20
EE 22
RO 19
DE 19" ]
