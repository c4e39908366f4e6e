#!/usr/bin/env bash
# Tells Spark of this machine's NVIDIA GPUs; inside a CUDA_VISIBLE_DEVICES mask, of the mask's own
# entries, since that is what addresses are looked up in.
set -euo pipefail
if [[ -n ${CUDA_VISIBLE_DEVICES+set} ]]; then
  addresses=$(tr ',' '\n' <<<"$CUDA_VISIBLE_DEVICES")
else
  addresses=$(nvidia-smi --query-gpu=index --format=csv,noheader)
fi
list=""
while read -r address; do
  [[ -z $address ]] || list+="${list:+, }\"$address\""
done <<<"$addresses"
printf '{"name": "gpu", "addresses": [%s]}\n' "$list"
