#!/usr/bin/env bash
# Puts what the gVisor lane needs under .cordon-gvisor/ (or the folder given): runsc, the launcher, the guest's root
# image, and setup.json that names them. Debian 12, as root. Repeatable: what is there and current is kept.
set -euo pipefail
cd "$(dirname "$0")/.."
host=functions/sandbox-host
out=${1:-.cordon-gvisor}
mkdir -p "$out"
out=$(realpath "$out")

fail() {
  echo "setup:gvisor: $1" >&2
  exit 1
}
[[ $(id -u) == 0 ]] || fail 'run as root (it installs packages and makes a root image)'
codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-unknown}")
[[ $codename == bookworm ]] || fail "Debian 12 (bookworm) is needed, this is $codename"

# The machine's own mirrors, whatever format its sources have.
site_of() {
  apt-get indextargets --no-release-info --format '$(SITE) $(RELEASE)' 'Created-By: Packages' |
    awk -v release="$1" '$2 == release { print $1; exit }'
}
mirror=$(site_of bookworm)
[[ -n $mirror ]] || fail 'no Debian mirror among the apt sources'

missing=()
for tool in gcc:gcc mkfs.erofs:erofs-utils runc:runc; do
  command -v "${tool%%:*}" >/dev/null || missing+=("${tool##*:}")
done
command -v gcc >/dev/null && [[ -e /usr/lib/$(uname -m)-linux-gnu/libc.a ]] || missing+=(libc6-dev)
# Debian 12's own runsc (2022) has neither systrap nor EROFS.
if ! runsc --version 2>/dev/null | grep -qE '20(2[4-9]|[3-9])'; then
  missing+=(runsc/bookworm-backports)
  if [[ -z $(site_of bookworm-backports) ]]; then
    printf 'Types: deb\nURIs: %s\nSuites: bookworm-backports\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n' \
      "$mirror" >/etc/apt/sources.list.d/cordon-backports.sources
  fi
fi
if ((${#missing[@]})); then
  apt-get -q -q update
  DEBIAN_FRONTEND=noninteractive apt-get -q -q install -y --no-install-recommends "${missing[@]}" >/dev/null
fi

install -m 755 "$(command -v runsc)" "$out/runsc.part" && mv "$out/runsc.part" "$out/runsc"
for program in launch-sentry call-sentry; do
  gcc -static -Os -Wall -Wextra -Werror -o "$out/$program.part" "$host/launcher/$program.c"
  mv "$out/$program.part" "$out/$program"
done

agent=$host/guest/image runner=shared/sandboxes/runner
bash "$host/image/build-rootfs.sh" "$out" "$agent" "$runner"

sha() { sha256sum "$1" | cut -d' ' -f1; }
cat >"$out/setup.json.part" <<JSON
{
  "runsc": { "path": "$out/runsc", "version": "$("$out/runsc" --version | awk 'NR == 1 { print $3 }')", "sha256": "$(sha "$out/runsc")" },
  "launcher": { "path": "$out/launch-sentry", "sha256": "$(sha "$out/launch-sentry")" },
  "caller": { "path": "$out/call-sentry", "sha256": "$(sha "$out/call-sentry")" },
  "rootfs": { "path": "$out/rootfs.erofs", "sha256": "$(sha "$out/rootfs.erofs")" }
}
JSON
mv "$out/setup.json.part" "$out/setup.json"
echo "setup:gvisor: ready in $out"
