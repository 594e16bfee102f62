#!/usr/bin/env bash
# price-parser 0.5.1 reads three kinds of price in suppliers' tables as another amount, without a word.
#
# - The Swiss thousands' mark as typographers write it (U+2019): "CHF 1’299.95" is 1. With the typewriter's mark it is right.
# - Three decimals of a currency that has three: "KWD 1.250" is 1250, though the currency is recognised.
# - A sign: "-5.00 €" is 5.00, a discount becomes a price.
# Exits with 1 when any of them is read otherwise.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check price-parser==0.5.1

found=$("$work/python/bin/python" - <<'PYTHON'
from price_parser import Price

for text in ["CHF 1'299.95", "CHF 1\u2019299.95", "KWD 1.250", "KWD 12.500", "-5.00 €"]:
    price = Price.fromstring(text)
    print(f"{text} -> {price.amount} {price.currency}")
PYTHON
)
echo "price-parser 0.5.1:"
echo "$found"
[ "$found" = "CHF 1'299.95 -> 1299.95 CHF
CHF 1’299.95 -> 1 CHF
KWD 1.250 -> 1250 KWD
KWD 12.500 -> 12500 KWD
-5.00 € -> 5.00 €" ]
